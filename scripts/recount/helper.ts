/** A process that counts the ranges of units it is sent (`helpers.ts`), one after the other, until it is let go. */
import { type Database, openDatabase } from '../../server/platform/mongo/connect.js'
import { openTallies } from '../support/open-tallies.js'
import type { FromHelper, ToHelper } from './messages.js'

let opened: { readonly database: Database; readonly tallies: ReturnType<typeof openTallies>['tallies'] } | undefined

async function answer(message: ToHelper): Promise<FromHelper> {
  if (message.kind === 'open') {
    const database = await openDatabase({ ...message.address, dataDir: '' })
    opened = { database, tallies: openTallies(database.connection).tallies }
    return { kind: 'opened' }
  }
  if (opened === undefined) throw new Error('A helper was sent work before the address of the database')
  return { kind: 'compared', outcome: await opened.tallies.compareUnits(message.waveId, message.range) }
}

const toMessage = (error: unknown): FromHelper => ({
  kind: 'failed',
  message: error instanceof Error ? error.message : String(error),
})

process.on('message', (message: ToHelper) => {
  // Whoever asked may have gone meanwhile: then nobody is to be told.
  const ignore = () => {}
  void answer(message)
    .catch(toMessage)
    .then((said) => process.send?.(said, undefined, undefined, ignore))
})
process.on('disconnect', () => void opened?.database.close())
