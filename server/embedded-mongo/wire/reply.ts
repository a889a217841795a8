import { type Document, serialize } from 'bson'
import { type CommandError, objectTooLarge } from '../errors.js'
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
    return serialize(errorReply(objectTooLarge(`The reply can't be written: ${(error as Error).message}`)))
  }
}

/** The reply that tells a refusal. */
export function errorReply(error: CommandError): Document {
  return { ok: 0, errmsg: error.message, code: error.code, codeName: error.codeName, ...error.extra }
}

/** One batch of a cursor as reply, its documents spliced in as stored. */
export function cursorReply(
  ns: string,
  id: bigint,
  field: 'firstBatch' | 'nextBatch',
  batch: readonly Buffer[],
): Buffer {
  const parts: Buffer[] = []
  let arrayBytes = 5
  for (let i = 0; i < batch.length; i++) {
    const head = Buffer.from(`\x03${i}\0`, 'latin1')
    parts.push(head, batch[i]!)
    arrayBytes += head.length + batch[i]!.length
  }
  const name = Buffer.from(ns)
  const fixed = Buffer.alloc(field.length + 2 + 4)
  fixed.write(`\x04${field}\0`, 'latin1')
  fixed.writeInt32LE(arrayBytes, field.length + 2)
  const tail = Buffer.alloc(1 + 4 + 8 + 4 + 4)
  tail.write('\0\x12id\0', 'latin1')
  tail.writeBigInt64LE(id, 5)
  tail.write('\x02ns\0', 13, 'latin1')
  tail.writeInt32LE(name.length + 1, 17)
  const cursorBytes = 4 + fixed.length - 4 + arrayBytes - 1 + tail.length + name.length + 1 + 1
  const head = Buffer.alloc(4 + 8 + 4)
  head.write('\x03cursor\0', 4, 'latin1')
  head.writeInt32LE(cursorBytes, 12)
  const end = Buffer.from('\0\0\x01ok\0\0\0\0\0\0\0\xf0\x3f\0', 'latin1')
  const whole = Buffer.concat([head, fixed, ...parts, tail, name, end])
  whole.writeInt32LE(whole.length, 0)
  return whole
}
