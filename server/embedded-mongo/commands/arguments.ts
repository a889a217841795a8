import type { Document, Long } from 'bson'
import { CommandError } from '../errors.js'
import { isTruthy, toDouble } from '../values/numbers.js'
import { isArray, isDocument, isNumeric, typeName } from '../values/types.js'

interface Kinds {
  number: number
  flag: boolean
  object: Document
  text: string
  list: unknown[]
  any: unknown
}

type Words<S extends string> = S extends `${infer First} ${infer Rest}` ? First | Words<Rest> : S
type Groups = { readonly [Kind in keyof Kinds]?: string }

/** The fields that a command or statement may have, and of which kind each is. */
export interface Fields<Values> {
  readonly kinds: ReadonlyMap<string, keyof Kinds>
  /** Only for the compiler: what reading gives. */
  readonly values?: Values
}

/** Names the fields of each kind, in one text with spaces between. */
export function fieldsOf<const G extends Groups>(groups: G) {
  const kinds = new Map(
    Object.entries(groups).flatMap(([kind, names]) => names.split(' ').map((name) => [name, kind as keyof Kinds])),
  )
  return { kinds } as Fields<{ [Kind in keyof G & keyof Kinds as Words<G[Kind] & string>]?: Kinds[Kind] }>
}

/** Fields that drivers add to every command. */
const GENERIC = fieldsOf({
  text: '$db',
  any: 'lsid $clusterTime comment',
  number: 'maxTimeMS',
  object: '$readPreference readConcern writeConcern',
})

/** Fields that drivers know and this store doesn't offer: refused as such unless they ask for nothing. */
const NOT_OFFERED = new Set(
  (
    'arrayFilters awaitData capped clusteredIndex collation explain hidden hint let max min noCursorTimeout pipeline ' +
    'returnKey showRecordId size storageEngine tailable timeseries validator viewOn weights wildcardProjection'
  ).split(' '),
)

const READ: Readonly<Record<keyof Kinds, { type: string; read: (value: unknown) => unknown }>> = {
  number: { type: 'number', read: (value) => (isNumeric(value) ? toDouble(value) : undefined) },
  flag: {
    type: 'bool',
    read: (value) => (typeof value === 'boolean' || isNumeric(value) ? isTruthy(value) : undefined),
  },
  object: { type: 'object', read: (value) => (isDocument(value) ? value : undefined) },
  text: { type: 'string', read: (value) => (typeof value === 'string' ? value : undefined) },
  list: { type: 'array', read: (value) => (isArray(value) ? value : undefined) },
  any: { type: '', read: (value) => value },
}

/** One field as its kind says; undefined when it is absent or null. */
function readField(of: string, name: string, value: unknown, kind: keyof Kinds | undefined): unknown {
  if (!kind) {
    if (!NOT_OFFERED.has(name)) throw new CommandError(40415, `BSON field '${of}.${name}' is an unknown field.`)
    if (value === null || value === false) return undefined
    throw new CommandError(238, `The embedded store does not offer '${name}' of ${of}`)
  }
  if (value === null || value === undefined) return undefined
  const { type, read } = READ[kind]
  const result = read(value)
  if (result !== undefined) return result
  throw new CommandError(
    14,
    `BSON field '${of}.${name}' is the wrong type '${typeName(value)}', expected type '${type}'`,
  )
}

/**
 * Reads the fields of one statement of a command; none is passed over in silence.
 *
 * @throws {CommandError} 40415 on an unknown field, 14 on a wrong type, 238 on one that is known but not offered
 */
export function readFields<Values>(of: string, sent: Document, { kinds }: Fields<Values>): Values {
  return Object.fromEntries(
    Object.entries(sent).map(([name, value]) => [name, readField(of, name, value, kinds.get(name))]),
  ) as Values
}

/** Reads the fields of a whole command, those included that any command may have; the first one names it. */
export function readCommand<Values>(
  { ...fields }: Document,
  { kinds }: Fields<Values>,
): Values & { deadline: number | undefined } {
  const [name = ''] = Object.keys(fields)
  delete fields[name]
  const all = { kinds: new Map([...GENERIC.kinds, ...kinds]) } as Fields<Values & NonNullable<typeof GENERIC.values>>
  const read = readFields(name, fields, all)
  checkConcerns(read.readConcern, read.writeConcern)
  const time = read.maxTimeMS ?? 0
  if (!(time >= 0 && time <= 0x7fffffff)) throw new CommandError(2, `${time} value for maxTimeMS is out of range`)
  return { ...read, deadline: time > 0 ? performance.now() + time : undefined }
}

function checkConcerns(read: Document = {}, write: Document = {}): void {
  const level = read.level ?? 'local'
  if (!['local', 'majority', 'available'].includes(level))
    throw new CommandError(238, `The embedded store does not offer read concern ${level}`)
  const w: unknown = write.w ?? 1
  if (isNumeric(w) ? toDouble(w) > 1 : w !== 'majority')
    throw new CommandError(100, "cannot use 'w' > 1 when a host is not replicated")
}

/**
 * A count that must not be negative: `skip`, `limit`, `batchSize`.
 *
 * @throws {CommandError} 51024 on a negative one
 */
export function countOf(field: string, value = 0): number {
  if (value >= 0) return Math.trunc(value)
  throw new CommandError(51024, `BSON field '${field}' value must be >= 0, actual value '${value}'`)
}

/** The number of a cursor. */
export function cursorId(value: unknown): bigint {
  if (typeName(value) !== 'long') throw new CommandError(14, 'The id of a cursor must be of type long')
  return (value as Long).toBigInt()
}
