import type { Document } from 'bson'
import { MAX_DOCUMENT_BYTES } from '../values/raw.js'
import { MAX_MESSAGE_BYTES } from '../wire/message.js'
import { fieldsOf, readCommand } from './arguments.js'
import type { Context } from './context.js'

/** The server version whose behaviour the engine follows, as wire protocol number 21 says too. */
const VERSION = '7.0.0'

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
export function acknowledge(command: Document): Document {
  readCommand(command, fieldsOf({}))
  return { ok: 1 }
}

/** `buildInfo`: what this is. */
export const buildInfo = (command: Document): Document => ({
  version: VERSION,
  versionArray: [...VERSION.split('.').map(Number), 0],
  modules: ['embedded-mongo'],
  maxBsonObjectSize: MAX_DOCUMENT_BYTES,
  ...acknowledge(command),
})
