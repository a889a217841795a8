import { type Document, Long, serialize } from 'bson'
import { CommandError, refuse } from '../errors.js'
import { readBson } from '../values/raw.js'

/** The largest message taken, as MongoDB's `maxMessageSizeBytes`. */
export const MAX_MESSAGE_BYTES = 48_000_000

export const HEADER_BYTES = 16
const OP_REPLY = 1
const OP_QUERY = 2004
const OP_MSG = 2013
const MORE_TO_COME = 2
const REQUIRED_FLAGS = 0xffff

/** A command as it came over the wire, before its fields are checked. */
export interface Request {
  readonly requestId: number
  /** `legacy` wants an OP_REPLY; `none` wants no answer (write concern 0). */
  readonly answer: 'message' | 'legacy' | 'none'
  /** The raw command document and its document sequences (OP_MSG kind 1), neither checked nor decoded yet. */
  readonly body: Buffer
  readonly sequences: ReadonlyMap<string, Buffer[]>
}

/** How long the message is that begins here. @throws {Error} when it can't be as long as it says */
export function messageLength(bytes: Buffer): number {
  const length = bytes.readInt32LE(0)
  if (length < HEADER_BYTES || length > MAX_MESSAGE_BYTES) throw new Error(`Message of ${length} bytes announced`)
  return length
}

/**
 * Reads the envelope of one message; the documents inside are left as bytes.
 *
 * @throws {Error} when the envelope is broken: the connection can't go on
 */
export function parseMessage(frame: Buffer): Request {
  const requestId = frame.readInt32LE(4)
  const opCode = frame.readInt32LE(12)
  if (opCode === OP_MSG) return parseOpMsg(frame, requestId)
  if (opCode === OP_QUERY) return parseOpQuery(frame, requestId)
  throw new Error(`Operation code ${opCode} is not known`)
}

function parseOpMsg(frame: Buffer, requestId: number): Request {
  if (frame.length < 26) throw new Error('OP_MSG is too short')
  const flags = frame.readUInt32LE(16)
  // A checksum at the end is such a flag too: no driver sends one, and an unread one would be worth nothing.
  if (flags & REQUIRED_FLAGS & ~MORE_TO_COME) throw new Error('OP_MSG has required flags that are not offered')
  const sequences = new Map<string, Buffer[]>()
  const bodies: Buffer[] = []
  for (let at = 20; at < frame.length; ) {
    const kind = frame[at]!
    const section = sized(frame, at + 1)
    if (kind === 0) bodies.push(section)
    else if (kind === 1) addSequence(sequences, section)
    else throw new Error(`OP_MSG section of kind ${kind} is not known`)
    at += 1 + section.length
  }
  if (bodies.length !== 1) throw new Error(`OP_MSG has ${bodies.length} bodies`)
  return { requestId, answer: flags & MORE_TO_COME ? 'none' : 'message', body: bodies[0]!, sequences }
}

/** The part that begins here and says itself how long it is. */
function sized(bytes: Buffer, at: number): Buffer {
  const size = at + 4 <= bytes.length ? bytes.readInt32LE(at) : 0
  if (size < 5 || at + size > bytes.length) throw new Error('Message is truncated')
  return bytes.subarray(at, at + size)
}

function addSequence(sequences: Map<string, Buffer[]>, section: Buffer): void {
  const zero = section.indexOf(0, 4)
  const name = section.toString('utf8', 4, zero)
  if (zero < 0 || sequences.has(name)) throw new Error('OP_MSG document sequence is malformed')
  const documents: Buffer[] = []
  for (let at = zero + 1; at < section.length; at += documents.at(-1)!.length) documents.push(sized(section, at))
  sequences.set(name, documents)
}

/** The legacy handshake; only commands (`<db>.$cmd`) are answered, as on servers since 6.0. */
function parseOpQuery(frame: Buffer, requestId: number): Request {
  const zero = frame.indexOf(0, 20)
  if (zero < 0 || !frame.toString('utf8', 20, zero).endsWith('.$cmd'))
    throw new Error('OP_QUERY is only answered for commands')
  return { requestId, answer: 'legacy', body: sized(frame, zero + 9), sequences: new Map() }
}

/**
 * Checks and decodes a command with its sequences. The documents of an insert stay raw: they are stored as they came.
 *
 * @throws {CommandError} when a document is malformed or a sequence repeats a field of the body
 */
export function decodeCommand({ body, sequences }: Request): Document {
  const isInsert = body.toString('latin1', 5, 12) === 'insert\0'
  const command = readBson(body, isInsert ? { fieldsAsRaw: { documents: true } } : {})
  for (const [name, documents] of sequences) {
    if (Object.hasOwn(command, name)) refuse(9, `Duplicate field '${name}' in command and document sequence`)
    command[name] = isInsert ? documents : documents.map((document) => readBson(document))
  }
  return command
}

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
export function cursorReply(ns: string, id: bigint, field: `${string}Batch`, batch: readonly Buffer[]): Buffer {
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
