import { isUtf8 } from 'node:buffer'
import { type DeserializeOptions, type Document, deserialize, onDemand, serialize } from 'bson'
import { CommandError, refuse } from '../errors.js'

/** MongoDB's limit for a stored document. */
export const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024
/** MongoDB's limit of nesting in a message. */
const MAX_DEPTH = 200
/** What a JavaScript Date can hold. */
const MAX_DATE_MS = 8_640_000_000_000_000n

const [OBJECT, ARRAY, DATE, REGEX] = [3, 4, 9, 11]
/** Deprecated types and JavaScript: nothing here could give them back as they came. */
const NOT_KEPT = new Set([6, 12, 13, 14, 15])

/** Decodes so that every number keeps its BSON type. */
const OPTIONS = { promoteValues: false, promoteBuffers: false, promoteLongs: false, bsonRegExp: true } as const

/** Why a value isn't kept, if so. */
function objection(type: number, name: string, value: Buffer): string | undefined {
  if (NOT_KEPT.has(type)) return `BSON type ${type} (a deprecated type or JavaScript)`
  if (name === '$ref') return 'a reference with $ref (DBRef)'
  const ms = type === DATE ? value.readBigInt64LE(0) : 0n
  return ms > MAX_DATE_MS || ms < -MAX_DATE_MS ? 'a date so far away' : undefined
}

/** Checks what the `bson` package wouldn't notice: depth, what isn't kept, and names that are no UTF-8. */
function checkLevel(raw: Buffer, start: number, levels: number): void {
  if (levels === 0) refuse(15, 'BSONObj exceeded maximum nested object depth')
  for (const [type, nameAt, nameLength, at, length] of onDemand.parseToElements(raw, start)) {
    const [name, value] = [raw.subarray(nameAt, nameAt + nameLength), raw.subarray(at, at + length)]
    if (!isUtf8(name) || (type === REGEX && !isUtf8(value))) refuse(22, 'Invalid UTF-8 in BSON')
    const what = objection(type, nameLength === 4 ? String(name) : '', value)
    if (what) refuse(2, `The embedded store does not keep ${what}`)
    if (type === OBJECT || type === ARRAY) checkLevel(raw, at, levels - 1)
  }
}

/**
 * Checks and decodes bytes from outside.
 *
 * @param levels how deep they may be nested
 * @throws {CommandError} 22 when malformed, 15 when too deep, 2 for a value that isn't kept
 */
export function readBson(raw: Buffer, options: DeserializeOptions = {}, levels = MAX_DEPTH): Document {
  try {
    checkLevel(raw, 0, levels)
    return deserialize(raw, { ...OPTIONS, ...options })
  } catch (error) {
    throw error instanceof CommandError ? error : new CommandError(22, `Malformed BSON: ${(error as Error).message}`)
  }
}

/** Copies the named (or with `isExclusion`, the other) top-level fields of a raw document, in its order. */
export function pickRaw(raw: Buffer, names: ReadonlySet<string>, isExclusion = false): Buffer {
  const parts: Buffer[] = [Buffer.alloc(4)]
  for (const [, nameAt, nameLength, at, length] of onDemand.parseToElements(raw)) {
    const isNamed = names.has(raw.toString('utf8', nameAt, nameAt + nameLength))
    if (isNamed !== isExclusion) parts.push(raw.subarray(nameAt - 1, at + length))
  }
  const picked = Buffer.concat([...parts, Buffer.alloc(1)])
  picked.writeInt32LE(picked.length, 0)
  return picked
}

/** Decodes a stored document: whole, or only the named top-level fields, which is several times faster. */
export const decode = (raw: Buffer, names?: ReadonlySet<string>): Document =>
  deserialize(names ? pickRaw(raw, names) : raw, OPTIONS)

/** A decoded document as bytes. @throws {CommandError} with `code` when it outgrows the 17 MB that `bson` can write */
export function encode(doc: Document, code = 10334): Buffer {
  try {
    return Buffer.from(serialize(doc, { ignoreUndefined: false }))
  } catch (error) {
    throw error instanceof RangeError ? new CommandError(code, 'A document of more than 16793600 bytes') : error
  }
}
