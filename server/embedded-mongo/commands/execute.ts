import type { Document } from 'bson'
import { CommandError, commandNotFound, notSupportedInStore } from '../errors.js'
import { decodeCommand, type Request } from '../wire/message.js'
import { errorReply } from '../wire/reply.js'
import { aggregate, count, distinct } from './aggregate.js'
import { create, drop, dropDatabase, listCollections } from './collections.js'
import type { Command, Context } from './context.js'
import { deleteDocuments } from './delete.js'
import { find, getMore, killCursors } from './find.js'
import { findAndModify } from './find-and-modify.js'
import { createIndexes, dropIndexes, listIndexes, validate } from './indexes.js'
import { insert } from './insert.js'
import { acknowledge, buildInfo, hello } from './session.js'
import { update } from './update.js'

const HELLO = { hello, isMaster: hello, ismaster: hello, ping: acknowledge, endSessions: acknowledge, buildInfo }
const READS = { find, getMore, killCursors, aggregate, count, distinct }
const WRITES = { insert, update, delete: deleteDocuments, findAndModify, findandmodify: findAndModify }
const COLLECTIONS = { create, drop, dropDatabase, listCollections }
const INDEXES = { createIndexes, listIndexes, dropIndexes, validate }

/** Every command there is; any other name is refused with MongoDB's 59. */
export const COMMANDS: ReadonlyMap<string, Command> = new Map<string, Command>(
  Object.entries({ ...HELLO, ...READS, ...WRITES, ...COLLECTIONS, ...INDEXES }),
)

const TRANSACTION_FIELDS = ['txnNumber', 'startTransaction', 'autocommit']

async function settle(pending: Promise<Document | Buffer>, log: (line: string) => void): Promise<Document | Buffer> {
  try {
    return await pending
  } catch (error) {
    return toReply(error, log)
  }
}

function toReply(error: unknown, log: (line: string) => void): Document {
  if (error instanceof CommandError) return errorReply(error)
  log(`Command failed: ${error instanceof Error ? error.stack : error}`)
  return errorReply(new CommandError(1, 'InternalError', error instanceof Error ? error.message : String(error)))
}

/** Runs one command; every failure becomes an error reply. */
export function execute(
  request: Request,
  context: Context,
  log: (line: string) => void,
): Document | Buffer | Promise<Document | Buffer> {
  try {
    const command = decodeCommand(request)
    const name = Object.keys(command)[0] ?? ''
    const run = COMMANDS.get(name)
    if (!run) throw commandNotFound(`no such command: '${name}'`)
    if (TRANSACTION_FIELDS.some((field) => Object.hasOwn(command, field))) {
      throw notSupportedInStore(
        'The embedded store has no transactions and no retryable writes; they need a replica set',
      )
    }
    const reply = run(command, context)
    return reply instanceof Promise ? settle(reply, log) : reply
  } catch (error) {
    return toReply(error, log)
  }
}
