import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { expect } from 'chai'
import { createAccountBook } from '../../server/features/accounts/index.js'
import { projectDir } from '../../server/platform/paths.js'
import { openTestDatabase } from '../support/test-database.js'

/** Runs a command of `scripts` as an operator does, with its standard input. */
function run(env: Record<string, string>, script: string, args: readonly string[], input = '') {
  return new Promise<{ code: number; output: string }>((resolve) => {
    const child = execFile(
      process.execPath,
      ['--import', 'tsx', join('scripts', script), ...args],
      { cwd: projectDir(), env: { ...process.env, ...env } },
      (error, stdout, stderr) => resolve({ code: error ? Number(error.code) : 0, output: `${stdout}${stderr}` }),
    )
    child.stdin?.end(input)
  })
}

describe('the commands of accounts and tokens', () => {
  let database: Awaited<ReturnType<typeof openTestDatabase>>
  before(async () => {
    database = await openTestDatabase('command')
  })
  after(() => database.close())

  it('make an account of the unit with the password typed, and tokens of analysts only', async () => {
    const login = `q-${randomUUID().slice(0, 8)}`
    const args = ['add', '--login', login, '--name', 'Quận 1', '--role', 'agency', '--unit', 'quan-1']
    const added = await run(database.commandEnv, 'account.ts', args, 'một câu đủ dài\n')
    expect(added).to.deep.equal({ code: 0, output: `Account ${login} made\n` })
    const stored = await createAccountBook({ connection: database.connection, now: () => new Date() }).listAccounts()
    expect(stored).to.have.length(1)
    expect(stored[0]).to.include({ login, role: 'agency', unitUid: 'quan-1', disabledAt: null })
    const refused = await run(database.commandEnv, 'token.ts', ['create', '--login', login])
    expect(refused).to.deep.equal({ code: 1, output: 'Only analysts and administrators may have tokens\n' })
  })

  it('name every fault and leave nothing behind', async () => {
    const added = await run(database.commandEnv, 'account.ts', ['add', '--login', 'x', '--role', 'boss'], 'short\n')
    expect(added.code).to.equal(1)
    expect(added.output.trim().split('\n')).to.have.length(4)
    const unknown = ['add', '--login', 'xy', '--name', 'X', '--role', 'agency', '--unit', 'quan-99', '--generate']
    expect((await run(database.commandEnv, 'account.ts', unknown)).output).to.equal('No unit has the uid quan-99\n')
    expect(await database.connection.collection('accounts').countDocuments({ login: /^xy?$/ })).to.equal(0)
  })
})
