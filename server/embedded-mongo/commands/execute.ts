import type { Document } from 'bson'
import { CommandError, refuse } from '../errors.js'
import { MAX_DOCUMENT_BYTES } from '../values/raw.js'
import { decodeCommand, errorReply, MAX_MESSAGE_BYTES, type Request } from '../wire/message.js'
import { create, drop, dropDatabase, listCollections } from './collections.js'
import { type Command, type Context, type Reply, readCommand } from './command.js'
import { aggregate, count, find, getMore, killCursors } from './find.js'
import { createIndexes, dropIndexes, listIndexes } from './indexes.js'
import { deleteDocuments, findAndModify, insert, update } from './writes.js'

/**
 * `hello`: a standalone server, like a 7.0 by its wire version. No `setName` (else drivers send transactions), no
 * `topologyVersion` (else they wait for changes of it), no compression.
 */
const hello: Command = (_command, { connectionId }) => ({
  helloOk: true,
  isWritablePrimary: true,
  ismaster: true,
  maxBsonObjectSize: MAX_DOCUMENT_BYTES,
  maxMessageSizeBytes: MAX_MESSAGE_BYTES,
  maxWriteBatchSize: 100_000,
  localTime: new Date(),
  logicalSessionTimeoutMinutes: 30,
  connectionId,
  minWireVersion: 0,
  maxWireVersion: 21,
  readOnly: false,
  ok: 1,
})

/** `ping`, `endSessions`: nothing to do, sessions aren't kept. */
function acknowledge(command: Document): Document {
  readCommand(command, {})
  return { ok: 1 }
}

const SESSION = { hello, ismaster: hello, ping: acknowledge, endSessions: acknowledge }
const READS = { find, getMore, killCursors, aggregate, count }
const WRITES = { insert, update, delete: deleteDocuments, findAndModify }
const COLLECTIONS = { create, drop, dropDatabase, listCollections }
const INDEXES = { createIndexes, listIndexes, dropIndexes }

/** Every command there is; any other name is refused with MongoDB's 59. */
export const COMMANDS: ReadonlyMap<string, Command> = new Map<string, Command>(
  Object.entries({ ...SESSION, ...READS, ...WRITES, ...COLLECTIONS, ...INDEXES }),
)

const TRANSACTION_FIELDS = ['txnNumber', 'startTransaction', 'autocommit']

function run(request: Request, context: Context): Reply | Promise<Reply> {
  const command = decodeCommand(request)
  const [name = ''] = Object.keys(command)
  const execution = COMMANDS.get(name) ?? refuse(59, `no such command: '${name}'`)
  if (TRANSACTION_FIELDS.some((field) => Object.hasOwn(command, field)))
    refuse(263, 'The embedded store has no transactions and no retryable writes; they need a replica set')
  return execution(command, context)
}

/** Runs one command; every failure becomes an error reply, and one that is no refusal a line in the log. */
export async function execute(request: Request, context: Context, log: (line: string) => void): Promise<Reply> {
  try {
    return await run(request, context)
  } catch (error) {
    if (error instanceof CommandError) return errorReply(error)
    log(`Command failed: ${error instanceof Error ? error.stack : error}`)
    return errorReply(new CommandError(1, String(error)))
  }
}
