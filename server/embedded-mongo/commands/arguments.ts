import type { Document } from 'bson'
import { badValue, CommandError, location, typeMismatch, unsatisfiableWriteConcern } from '../errors.js'

interface Kinds {
  number: number
  flag: boolean
  object: Document
  text: string
  list: unknown[]
  any: unknown
  /** Known to MongoDB but not offered here: refused unless absent, empty, null or false. */
  refused: never
}

type Words<S extends string> = S extends `${infer First} ${infer Rest}` ? First | Words<Rest> : S
type Groups = { readonly [Kind in keyof Kinds]?: string }
type ValuesOf<G> = {
  [Kind in Exclude<keyof G & keyof Kinds, 'refused'> as Words<G[Kind] & string>]?: Kinds[Kind]
}

/** The fields that a command or statement may have, and of which kind each is. */
export interface Fields<Values> {
  readonly kinds: ReadonlyMap<string, keyof Kinds>
  /** Only for the compiler: what reading gives. */
  readonly values?: Values
}

/** Names the fields of each kind, in one text with spaces between. */
export function fieldsOf<const G extends Groups>(groups: G): Fields<ValuesOf<G>> {
  const named = Object.entries(groups) as [keyof Kinds, string][]
  return { kinds: new Map(named.flatMap(([kind, names]) => names.split(' ').map((name) => [name, kind]))) }
}

/** Fields that drivers add to every command. */
const GENERIC = fieldsOf({
  text: '$db',
  any: 'lsid $clusterTime comment',
  number: 'maxTimeMS',
  object: '$readPreference readConcern writeConcern',
})
/** For commands without fields of their own. */
export const NO_FIELDS = fieldsOf({})

const TYPE_NAMES: Readonly<Record<string, string>> = { string: 'string', boolean: 'bool', number: 'double' }
const EXPECTED = {
  number: "types '[long, int, decimal, double]'",
  flag: "type 'bool'",
  object: "type 'object'",
  text: "type 'string'",
  list: "type 'array'",
}

/** A BSON number as plain number; undefined for anything else. */
export function toNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return value
  const type = (value as { _bsontype?: string } | null)?._bsontype
  return type && /^(Int32|Double|Long|Decimal128)$/.test(type) ? Number(String(value)) : undefined
}

const isObject = (value: unknown) =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !('_bsontype' in value) &&
  !(value instanceof Date)

const READ: Record<Exclude<keyof Kinds, 'refused'>, (value: unknown) => unknown> = {
  number: toNumber,
  flag: (value) =>
    typeof value === 'boolean' ? value : toNumber(value) === undefined ? undefined : toNumber(value) !== 0,
  object: (value) => (isObject(value) ? value : undefined),
  text: (value) => (typeof value === 'string' ? value : undefined),
  list: (value) => (Array.isArray(value) ? value : undefined),
  any: (value) => value,
}

function typeNameOf(value: unknown): string {
  if (Array.isArray(value)) return 'array'
  if (value === null) return 'null'
  const type = (value as { _bsontype?: string })._bsontype
  return type ? (type === 'Int32' ? 'int' : type.toLowerCase()) : (TYPE_NAMES[typeof value] ?? 'object')
}

function isEmpty(value: unknown): boolean {
  return value === null || value === false || (isObject(value) && Object.keys(value as object).length === 0)
}

/** One field as its kind says; undefined when it is absent or null. */
function readField(of: string, name: string, value: unknown, kind: keyof Kinds | undefined): unknown {
  if (!kind) throw new CommandError(40415, 'IDLUnknownField', `BSON field '${of}.${name}' is an unknown field.`)
  if (kind === 'refused') {
    if (isEmpty(value)) return undefined
    throw new CommandError(238, 'NotImplemented', `The embedded store does not offer '${name}' of ${of}`)
  }
  if (value === null || value === undefined) return undefined
  const read = READ[kind](value)
  if (read !== undefined) return read
  const expected = EXPECTED[kind as keyof typeof EXPECTED]
  throw typeMismatch(`BSON field '${of}.${name}' is the wrong type '${typeNameOf(value)}', expected ${expected}`)
}

/**
 * Reads the fields of one statement of a command; none is passed over in silence.
 *
 * @throws {CommandError} 40415 on an unknown field, 14 on a wrong type, 238 on one that is known but not offered
 */
export function readFields<Values>(of: string, sent: Document, { kinds }: Fields<Values>): Values {
  const read: Record<string, unknown> = {}
  for (const name of Object.keys(sent)) read[name] = readField(of, name, sent[name], kinds.get(name))
  return read as Values
}

/** Reads the fields of a whole command, those included that any command may have; the first one names it. */
export function readCommand<Values>(command: Document, { kinds }: Fields<Values>): Values & { maxTimeMS?: number } {
  const read: Record<string, unknown> = {}
  const [of, ...names] = Object.keys(command) as [string]
  for (const name of names) {
    read[name] = readField(of, name, command[name], kinds.get(name) ?? GENERIC.kinds.get(name))
  }
  checkConcerns(read.readConcern as Document | undefined, read.writeConcern as Document | undefined)
  const time = read.maxTimeMS as number | undefined
  if (time !== undefined && !(time >= 0 && time <= 0x7fffffff))
    throw badValue(`${time} value for maxTimeMS is out of range`)
  return read as Values & { maxTimeMS?: number }
}

function checkConcerns(read: Document | undefined, write: Document | undefined): void {
  const level = read?.level ?? 'local'
  if (!['local', 'majority', 'available'].includes(level)) {
    throw new CommandError(238, 'NotImplemented', `The embedded store does not offer read concern ${level}`)
  }
  const w = write?.w ?? 1
  const count = toNumber(w)
  if (count === undefined ? w !== 'majority' : count > 1) {
    throw unsatisfiableWriteConcern("cannot use 'w' > 1 when a host is not replicated")
  }
}

/** When a command with a time limit has to give up, as `performance.now()` counts. */
export function deadlineOf(maxTimeMS: number | undefined): number | undefined {
  return maxTimeMS ? performance.now() + maxTimeMS : undefined
}

/**
 * A count that must not be negative: `skip`, `limit`, `batchSize`.
 *
 * @throws {CommandError} 51024 on a negative one
 */
export function countOf(field: string, value: number | undefined): number {
  if (value !== undefined && value < 0)
    throw location(51024, `BSON field '${field}' value must be >= 0, actual value '${value}'`)
  return Math.trunc(value ?? 0)
}
