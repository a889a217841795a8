import { type Document, Long, serialize } from 'bson'
import { CommandError } from '../errors.js'
import type { Request } from './message.js'

const OP_REPLY = 1
const OP_MSG = 2013
let nextRequestId = 1

/** Wraps a reply document into the message that the request asked for. */
export function encodeReply(request: Request, reply: Document | Buffer): Buffer {
  const body = Buffer.isBuffer(reply) ? reply : encodeDocument(reply)
  const headerBytes = request.answer === 'legacy' ? 36 : 21
  const message = Buffer.alloc(headerBytes + body.length)
  message.writeInt32LE(message.length, 0)
  message.writeInt32LE(nextRequestId, 4)
  nextRequestId = (nextRequestId + 1) & 0x7fffffff
  message.writeInt32LE(request.requestId, 8)
  message.writeInt32LE(request.answer === 'legacy' ? OP_REPLY : OP_MSG, 12)
  // After the header an OP_REPLY has flags, cursor id, starting point and count; an OP_MSG flags and section kind 0.
  if (request.answer === 'legacy') message.writeInt32LE(1, 32)
  message.set(body, headerBytes)
  return message
}

function encodeDocument(reply: Document): Uint8Array {
  try {
    return serialize(reply, { ignoreUndefined: true })
  } catch (error) {
    return serialize(errorReply(new CommandError(10334, `The reply can't be written: ${(error as Error).message}`)))
  }
}

/** The reply that tells a refusal. */
export function errorReply(error: CommandError): Document {
  return { ok: 0, errmsg: error.message, code: error.code, ...error.extra }
}

/** One batch of a cursor as reply, its documents spliced in as stored. */
export function cursorReply(
  ns: string,
  id: bigint,
  field: 'firstBatch' | 'nextBatch',
  batch: readonly Buffer[],
): Buffer {
  const empty = Buffer.from(serialize({ cursor: { [field]: [], id: Long.fromBigInt(id), ns }, ok: 1 }))
  // The lengths of the reply, the cursor and the batch stand before type and name of their first fields.
  const cursorAt = 4 + '\x03cursor\0'.length
  const batchAt = cursorAt + 4 + `\x04${field}\0`.length
  const items = batch.flatMap((raw, i) => [Buffer.from(`\x03${i}\0`), raw])
  const whole = Buffer.concat([empty.subarray(0, batchAt + 4), ...items, empty.subarray(batchAt + 4)])
  const added = whole.length - empty.length
  for (const at of [0, cursorAt, batchAt]) whole.writeInt32LE(whole.readInt32LE(at) + added, at)
  return whole
}
