import { CommandError } from '../errors.js'
import { decodeCommand, type Request } from '../wire/message.js'
import { errorReply } from '../wire/reply.js'
import { aggregate, count, distinct } from './aggregate.js'
import { deleteDocuments, insert, update } from './bulk-writes.js'
import { create, drop, dropDatabase, listCollections } from './collections.js'
import type { Command, Context, Reply } from './context.js'
import { find, getMore, killCursors } from './find.js'
import { findAndModify } from './find-and-modify.js'
import { createIndexes, dropIndexes, listIndexes } from './indexes.js'
import { acknowledge, buildInfo, hello } from './session.js'

const SESSION = { hello, isMaster: hello, ismaster: hello, ping: acknowledge, endSessions: acknowledge, buildInfo }
const READS = { find, getMore, killCursors, aggregate, count, distinct }
const WRITES = { insert, update, delete: deleteDocuments, findAndModify, findandmodify: findAndModify }
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
  const execution = COMMANDS.get(name)
  if (!execution) throw new CommandError(59, `no such command: '${name}'`)
  if (TRANSACTION_FIELDS.some((field) => Object.hasOwn(command, field)))
    throw new CommandError(
      263,
      'The embedded store has no transactions and no retryable writes; they need a replica set',
    )
  return execution(command, context)
}

/** Runs one command; every failure becomes an error reply, and one that is no refusal a line in the log. */
export function execute(request: Request, context: Context, log: (line: string) => void): Reply | Promise<Reply> {
  const toReply = (error: unknown): Reply => {
    if (error instanceof CommandError) return errorReply(error)
    log(`Command failed: ${error instanceof Error ? error.stack : error}`)
    return errorReply(new CommandError(1, String(error)))
  }
  try {
    const reply = run(request, context)
    return reply instanceof Promise ? reply.catch(toReply) : reply
  } catch (error) {
    return toReply(error)
  }
}
