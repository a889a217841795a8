import { type Document, Long, ObjectId, serialize } from 'bson'
import { pick, type Random } from '../support/random-values.js'

const OP_MSG = 2013
const OP_QUERY = 2004

/** A wire message: header, then the parts. */
export function frame(opCode: number, requestId: number, ...parts: Uint8Array[]): Buffer {
  const body = Buffer.concat(parts)
  const header = Buffer.alloc(16)
  header.writeInt32LE(16 + body.length, 0)
  header.writeInt32LE(requestId, 4)
  header.writeInt32LE(opCode, 12)
  return Buffer.concat([header, body])
}

const int32 = (value: number) => {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32LE(value)
  return bytes
}

/** An OP_MSG with one document. */
export const message = (requestId: number, command: Document): Buffer =>
  frame(OP_MSG, requestId, int32(0), Uint8Array.of(0), serialize({ ...command, $db: 'fuzz' }))

function withSequence(requestId: number, command: Document, name: string, docs: readonly Document[]): Buffer {
  const rest = Buffer.concat([Buffer.from(`${name}\0`), ...docs.map((doc) => serialize(doc))])
  const sequence = Buffer.concat([Uint8Array.of(1), int32(4 + rest.length), rest])
  return frame(OP_MSG, requestId, int32(0), Uint8Array.of(0), serialize({ ...command, $db: 'fuzz' }), sequence)
}

const COMMANDS: readonly Document[] = [
  {
    find: 'items',
    filter: { a: { $gt: 1, $in: [1, 'x', null] }, 'b.c': { $ne: 'x' } },
    sort: { a: 1 },
    projection: { a: 1 },
    limit: 5,
  },
  { find: 'items', filter: { $or: [{ a: { $not: { $lt: 1 } } }, { a: { $exists: false } }] }, batchSize: 2 },
  { insert: 'items', documents: [{ _id: new ObjectId('65f000000000000000000001'), a: [1, { b: 'x' }], n: 1.5 }] },
  {
    update: 'items',
    updates: [{ q: { a: 1 }, u: { $set: { 'a.b': 1 }, $push: { l: { $each: [1] } } }, upsert: true }],
  },
  { delete: 'items', deletes: [{ q: { a: { $lt: Long.fromInt(3) } }, limit: 1 }] },
  { findAndModify: 'items', query: { a: 1 }, update: { $inc: { n: 1 } }, new: true, sort: { a: -1 } },
  { aggregate: 'items', pipeline: [{ $match: { a: 1 } }, { $group: { _id: 1, n: { $sum: 1 } } }], cursor: {} },
  { count: 'items', query: { a: 1 } },
  { getMore: Long.fromInt(5), collection: 'items' },
  { killCursors: 'items', cursors: [Long.fromInt(5)] },
  { createIndexes: 'items', indexes: [{ key: { a: 1 }, name: 'a_1', sparse: true }] },
  { listIndexes: 'items' },
  { hello: 1, client: { driver: { name: 'x' } } },
]

/** Well-formed messages of every command and form, to be spoilt. */
export const seeds: readonly Buffer[] = [
  ...COMMANDS.map((command, i) => message(i, command)),
  withSequence(90, { insert: 'items' }, 'documents', [{ a: 1 }, { a: 'x'.repeat(200) }]),
  withSequence(91, { update: 'items' }, 'updates', [{ q: {}, u: { $unset: { a: 1 } }, multi: true }]),
  frame(OP_QUERY, 92, int32(0), Buffer.from('admin.$cmd\0'), int32(0), int32(-1), serialize({ ismaster: 1 })),
  message(93, { insert: 'items', documents: [nested(120)] }),
]

function nested(depth: number): Document {
  return depth === 0 ? { a: 1 } : { a: nested(depth - 1) }
}

const LENGTHS = [0, 1, -1, 15, 16, 17, 48_000_001, 0x7fffffff, -0x80000000]

const SPOIL: readonly ((bytes: Buffer, random: Random) => Buffer)[] = [
  (bytes, random) => {
    const at = Math.floor(random() * bytes.length)
    bytes[at] = (bytes[at] as number) ^ (1 << Math.floor(random() * 8))
    return bytes
  },
  (bytes, random) => {
    bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256)
    return bytes
  },
  (bytes, random) => {
    const at = Math.floor(random() * (bytes.length - 4))
    bytes.writeInt32LE(pick(random, LENGTHS), at)
    return bytes
  },
  (bytes, random) => {
    const at = Math.floor(random() * bytes.length)
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + Math.floor(random() * 16))])
  },
  (bytes, random) => {
    const [at, from] = [Math.floor(random() * bytes.length), Math.floor(random() * bytes.length)]
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(from, from + 20), bytes.subarray(at)])
  },
]

/** A seed spoilt once or twice; three times of four its length is set right again, so that the inside is read. */
export function mutated(random: Random): Buffer {
  let bytes: Buffer = Buffer.from(pick(random, seeds))
  const times = 1 + Math.floor(random() * 2)
  for (let i = 0; i < times; i++) bytes = pick(random, SPOIL)(bytes, random)
  if (bytes.length >= 16 && random() < 0.75) bytes.writeInt32LE(bytes.length, 0)
  return bytes
}
