import { type Document, deserialize, serialize } from 'bson'
import { objectTooLarge } from '../errors.js'
import { rawElements } from '../wire/bson-walk.js'
import { DECODE_OPTIONS } from '../wire/message.js'

const EMPTY = Buffer.of(5, 0, 0, 0, 0)

/** Copies the named (or with `isExclusion`, the other) top-level fields of a raw document, in its order. */
export function pickRaw(raw: Buffer, names: ReadonlySet<string>, isExclusion = false): Buffer {
  if (names.size === 0 && !isExclusion) return EMPTY
  const parts: Buffer[] = []
  let size = 5
  let wanted = isExclusion ? Number.POSITIVE_INFINITY : names.size
  for (const { name, from, to } of rawElements(raw)) {
    if (names.has(name) === isExclusion) continue
    parts.push(raw.subarray(from, to))
    size += to - from
    if (--wanted === 0) break
  }
  const picked = Buffer.allocUnsafe(size)
  picked.writeInt32LE(size, 0)
  let at = 4
  for (const part of parts) at += part.copy(picked, at)
  picked[at] = 0
  return picked
}

/** Decodes a stored document: whole, or only the named top-level fields, which is several times faster. */
export function decode(raw: Buffer, names?: ReadonlySet<string>): Document {
  return deserialize(names ? pickRaw(raw, names) : raw, DECODE_OPTIONS)
}

/**
 * A decoded document as bytes.
 *
 * @throws {CommandError} 10334 when it outgrows the 17 MB that `bson` can write
 */
export function encode(doc: Document): Buffer {
  try {
    return Buffer.from(serialize(doc, { ignoreUndefined: false }))
  } catch (error) {
    if (error instanceof RangeError) throw objectTooLarge('BSONObj size is invalid: more than 16793600 bytes')
    throw error
  }
}
