import { join } from 'node:path'
import { type ParseArgsConfig, parseArgs } from 'node:util'
import { createAccountBook, recordedBook } from '../../server/features/accounts/index.js'
import { loadServiceCatalogue } from '../../server/features/units/index.js'
import { projectDir } from '../../server/platform/paths.js'
import { commandAudit } from './command-audit.js'
import { runMain } from './run-main.js'
import { withDatabase } from './with-database.js'

/** What a command on accounts and tokens works with. */
export type AccountBook = ReturnType<typeof recordedBook>

type Values = Readonly<Record<string, string | boolean | undefined>>
type Actions<Options> = Readonly<Record<string, (book: AccountBook, options: Options) => Promise<void>>>

/**
 * Runs the action that the first word of the command line names, on the database that the settings name.
 *
 * @param usage printed when the first word names no action, or another follows it
 */
export function runAccountCommand<Options extends Values>(
  usage: string,
  options: Record<keyof Options & string, { type: 'string' | 'boolean' }>,
  actions: Actions<Options>,
): Promise<void> {
  return runMain(async () => {
    const config: ParseArgsConfig = { allowPositionals: true, options }
    const { values, positionals } = parseArgs(config)
    const action = actions[positionals[0] ?? '']
    if (!action || positionals.length !== 1) throw new Error(usage)
    const services = loadServiceCatalogue(join(projectDir(), 'surveys/services.yaml'))
    await withDatabase(
      process.env,
      (connection) => {
        const book = createAccountBook({ connection, services, now: () => new Date() })
        return recordedBook(book, commandAudit(connection))
      },
      (book) => action(book, values as Options),
    )
  })
}
