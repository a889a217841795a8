import { type Document, Int32 } from 'bson'
import { MAX_DOCUMENT_BYTES } from '../wire/bson-walk.js'
import { MAX_MESSAGE_BYTES } from '../wire/frames.js'
import { fieldsOf, NO_FIELDS, readCommand } from './arguments.js'
import type { Context } from './context.js'

/** The server version whose behaviour the engine follows, as wire protocol number 21 says too. */
const VERSION = '7.0.0'
const startedAt = Date.now()

/**
 * `hello`: a standalone server. No `setName` (else drivers send transactions), no `topologyVersion` (else they wait
 * for changes of it), no compression.
 */
export const hello = (_command: Document, { connectionId }: Context): Document => ({
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
export const acknowledge = (command: Document): Document => {
  readCommand(command, NO_FIELDS)
  return { ok: 1 }
}

/** `buildInfo`: what this is. */
export const buildInfo = (command: Document): Document => {
  readCommand(command, NO_FIELDS)
  const versionArray = [...VERSION.split('.').map(Number), 0]
  return {
    version: VERSION,
    versionArray,
    gitVersion: 'embedded',
    modules: ['embedded-mongo'],
    bits: 64,
    maxBsonObjectSize: MAX_DOCUMENT_BYTES,
    ok: 1,
  }
}

/** `serverStatus`: enough to tell what runs and how large it is. */
export const serverStatus = (command: Document): Document => {
  readCommand(command, NO_FIELDS)
  const { rss, heapUsed } = process.memoryUsage()
  const uptime = (Date.now() - startedAt) / 1000
  return {
    host: 'embedded',
    version: VERSION,
    process: 'embedded-mongo',
    pid: process.pid,
    uptime,
    localTime: new Date(),
    mem: { resident: rss, heapUsed },
    ok: 1,
  }
}

const CONNECTION_STATUS = fieldsOf({ flag: 'showPrivileges' })

/** `connectionStatus`: nobody signs in, the socket's file mode is the guard. */
export const connectionStatus = (command: Document): Document => {
  readCommand(command, CONNECTION_STATUS)
  return { authInfo: { authenticatedUsers: [], authenticatedUserRoles: [] }, ok: new Int32(1) }
}
