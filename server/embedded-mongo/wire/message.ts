import type { Document } from 'bson'
import { refuse } from '../errors.js'
import { readBson } from '../values/raw.js'

/** The largest message taken, as MongoDB's `maxMessageSizeBytes`. */
export const MAX_MESSAGE_BYTES = 48_000_000

export const HEADER_BYTES = 16
const OP_QUERY = 2004
const OP_MSG = 2013
const MORE_TO_COME = 2
const REQUIRED_FLAGS = 0xffff

/** A message that can't be made sense of: its connection is closed and nothing else happens. */
export class WireError extends Error {}

/** A command as it came over the wire, before its fields are checked. */
export interface Request {
  readonly requestId: number
  /** `legacy` wants an OP_REPLY; `none` wants no answer (write concern 0). */
  readonly answer: 'message' | 'legacy' | 'none'
  /** The raw command document and its document sequences (OP_MSG kind 1), neither checked nor decoded yet. */
  readonly body: Buffer
  readonly sequences: ReadonlyMap<string, Buffer[]>
}

/** How long the message is that begins here. @throws {WireError} when it can't be as long as it says */
export function messageLength(bytes: Buffer): number {
  const length = bytes.readInt32LE(0)
  if (length < HEADER_BYTES || length > MAX_MESSAGE_BYTES) throw new WireError(`Message of ${length} bytes announced`)
  return length
}

/**
 * Reads the envelope of one message; the documents inside are left as bytes.
 *
 * @throws {WireError} when the envelope is broken: the connection can't go on
 */
export function parseMessage(frame: Buffer): Request {
  const requestId = frame.readInt32LE(4)
  const opCode = frame.readInt32LE(12)
  if (opCode === OP_MSG) return parseOpMsg(frame, requestId)
  if (opCode === OP_QUERY) return parseOpQuery(frame, requestId)
  throw new WireError(`Operation code ${opCode} is not known`)
}

function parseOpMsg(frame: Buffer, requestId: number): Request {
  if (frame.length < 26) throw new WireError('OP_MSG is too short')
  const flags = frame.readUInt32LE(16)
  // A checksum at the end is such a flag too: no driver sends one, and an unread one would be worth nothing.
  if (flags & REQUIRED_FLAGS & ~MORE_TO_COME) throw new WireError('OP_MSG has required flags that are not offered')
  const sequences = new Map<string, Buffer[]>()
  const bodies: Buffer[] = []
  for (let at = 20; at < frame.length; ) {
    const kind = frame[at]!
    const section = sized(frame, at + 1)
    if (kind === 0) bodies.push(section)
    else if (kind === 1) addSequence(sequences, section)
    else throw new WireError(`OP_MSG section of kind ${kind} is not known`)
    at += 1 + section.length
  }
  if (bodies.length !== 1) throw new WireError(`OP_MSG has ${bodies.length} bodies`)
  return { requestId, answer: flags & MORE_TO_COME ? 'none' : 'message', body: bodies[0]!, sequences }
}

/** The part that begins here and says itself how long it is. */
function sized(bytes: Buffer, at: number): Buffer {
  const size = at + 4 <= bytes.length ? bytes.readInt32LE(at) : 0
  if (size < 5 || at + size > bytes.length) throw new WireError('Message is truncated')
  return bytes.subarray(at, at + size)
}

function addSequence(sequences: Map<string, Buffer[]>, section: Buffer): void {
  const zero = section.indexOf(0, 4)
  const name = section.toString('utf8', 4, zero)
  if (zero < 0 || sequences.has(name)) throw new WireError('OP_MSG document sequence is malformed')
  const documents: Buffer[] = []
  for (let at = zero + 1; at < section.length; at += documents.at(-1)!.length) documents.push(sized(section, at))
  sequences.set(name, documents)
}

/** The legacy handshake; only commands (`<db>.$cmd`) are answered, as on servers since 6.0. */
function parseOpQuery(frame: Buffer, requestId: number): Request {
  const zero = frame.indexOf(0, 20)
  if (zero < 0 || !frame.toString('utf8', 20, zero).endsWith('.$cmd'))
    throw new WireError('OP_QUERY is only answered for commands')
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
