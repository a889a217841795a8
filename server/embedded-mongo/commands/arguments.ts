import type { Document } from 'bson'
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

/** The fields that a command or statement may have, and of which kind each is; `values` is for the compiler alone. */
interface Fields<Values> {
  readonly kinds: ReadonlyMap<string, keyof Kinds>
  readonly values?: Values
}

/** Names the fields of each kind, in one text with spaces between. */
export function fieldsOf<const G extends Groups>(groups: G) {
  const kinds = Object.entries(groups).flatMap(([kind, names]) => names.split(' ').map((name) => [name, kind] as const))
  return { kinds: new Map(kinds) } as unknown as Fields<{
    [Kind in keyof G & keyof Kinds as Words<G[Kind] & string>]?: Kinds[Kind]
  }>
}

/** Fields that drivers add to every command. */
const GENERIC = fieldsOf({
  text: '$db',
  any: 'lsid $clusterTime comment',
  number: 'maxTimeMS',
  object: '$readPreference readConcern writeConcern',
})

/** Fields that drivers know and this store doesn't offer; any other one is simply unknown. */
const NOT_OFFERED = /^(arrayFilters|capped|collation|explain|hint|let|max|min|tailable|timeseries|validator|viewOn)$/

/** The value if it is of a kind; undefined otherwise. */
const READ: Readonly<Record<keyof Kinds, (value: unknown) => unknown>> = {
  number: (value) => (isNumeric(value) ? toDouble(value) : undefined),
  flag: (value) => (typeof value === 'boolean' || isNumeric(value) ? isTruthy(value) : undefined),
  object: (value) => (isDocument(value) ? value : undefined),
  text: (value) => (typeof value === 'string' ? value : undefined),
  list: (value) => (isArray(value) ? value : undefined),
  any: (value) => value,
}

function readField(field: string, value: unknown, kind: keyof Kinds | undefined): unknown {
  const isKnown = kind !== undefined || NOT_OFFERED.test(field.split('.').at(-1)!)
  if (!isKnown) throw new CommandError(40415, `BSON field '${field}' is an unknown field.`)
  if (value === null || value === undefined) return undefined
  if (!kind) throw new CommandError(238, `The embedded store does not offer '${field}'`)
  const read = READ[kind](value)
  if (read !== undefined) return read
  throw new CommandError(14, `BSON field '${field}' is the wrong type '${typeName(value)}', expected a ${kind}`)
}

/**
 * Reads the fields of one statement of a command; none is passed over in silence.
 *
 * @throws {CommandError} 40415 on an unknown field, 14 on a wrong type, 238 on one that is known but not offered
 */
export function readFields<Values>(of: string, sent: Document, { kinds }: Fields<Values>): Values {
  const read = Object.entries(sent).map(([name, value]) => [name, readField(`${of}.${name}`, value, kinds.get(name))])
  return Object.fromEntries(read) as Values
}

/** Reads the fields of a whole command, those included that any command may have; the first one names it. */
export function readCommand<Values>(command: Document, { kinds }: Fields<Values>) {
  const [name = ''] = Object.keys(command)
  const { [name]: _, ...sent } = command
  const all: Fields<Values & NonNullable<typeof GENERIC.values>> = { kinds: new Map([...GENERIC.kinds, ...kinds]) }
  const read = readFields(name, sent, all)
  const { maxTimeMS: time = 0, readConcern: { level = 'local' } = {}, writeConcern: { w = 1 } = {} } = read
  if (!['local', 'majority', 'available'].includes(level))
    throw new CommandError(238, `The embedded store does not offer read concern ${level}`)
  if (isNumeric(w) ? toDouble(w) > 1 : w !== 'majority')
    throw new CommandError(100, "cannot use 'w' > 1 when a host is not replicated")
  if (!(time >= 0 && time <= 0x7fffffff)) throw new CommandError(2, `${time} value for maxTimeMS is out of range`)
  return { ...read, deadline: time > 0 ? performance.now() + time : undefined }
}

/** A count that must not be negative: `skip`, `limit`, `batchSize`. @throws {CommandError} 51024 on a negative one */
export function countOf(field: string, value = 0): number {
  if (value >= 0) return Math.trunc(value)
  throw new CommandError(51024, `BSON field '${field}' value must be >= 0, actual value '${value}'`)
}
