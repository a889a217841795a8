import type { Document } from 'bson'
import { refuse } from '../errors.js'
import type { Store } from '../storage/store.js'
import { isArray, isDocument, isNumeric, isTruthy, toDouble, typeName } from '../values/types.js'
import type { Cursors } from './cursors.js'

/** What a command works on. */
export interface Context {
  readonly store: Store
  readonly cursors: Cursors
  readonly connectionId: number
}

/** A document, or one that is bytes already. */
export type Reply = Document | Buffer

/** One command: takes the decoded message, gives the reply. */
export type Command = (command: Document, context: Context) => Reply | Promise<Reply>

/** The kinds of fields: each gives the value if it is of that kind, undefined otherwise. */
const READ = {
  number: (value: unknown) => (isNumeric(value) ? toDouble(value) : undefined),
  flag: (value: unknown) => (typeof value === 'boolean' || isNumeric(value) ? isTruthy(value) : undefined),
  object: (value: unknown) => (isDocument(value) ? value : undefined),
  text: (value: unknown) => (typeof value === 'string' ? value : undefined),
  list: (value: unknown) => (isArray(value) ? value : undefined),
  any: (value: unknown) => value,
}
type Kind = keyof typeof READ
const KINDS = Object.keys(READ) as Kind[]

/** The fields that a command or statement may have, by their kind. */
type Shape = { readonly [K in Kind]?: readonly string[] }
type NamesIn<S extends Shape, K> = K extends keyof S
  ? S[K] extends readonly (infer Name extends string)[]
    ? Name
    : never
  : never
type Values<S extends Shape> = {
  [Name in NamesIn<S, Kind>]?: { [K in Kind]: Name extends NamesIn<S, K> ? ReturnType<(typeof READ)[K]> : never }[Kind]
}

/** Fields that drivers add to every command. */
const GENERIC = {
  any: ['lsid', '$clusterTime', 'comment'],
  object: ['$readPreference', 'readConcern', 'writeConcern'],
} as const

/**
 * Reads the fields of one statement of a command; none is passed over in silence.
 *
 * @throws {CommandError} 40415 on a field that isn't offered, 14 on a wrong type
 */
export function readFields<const S extends Shape>(of: string, sent: Document, shape: S): Values<S> {
  const read = Object.entries(sent).map(([name, value]) => {
    const kind = KINDS.find((one) => shape[one]?.includes(name))
    if (!kind) return refuse(40415, `BSON field '${of}.${name}' is unknown, or the embedded store lacks it`)
    if (value === null || value === undefined) return [name]
    const message = `BSON field '${of}.${name}' is the wrong type '${typeName(value)}', expected a ${kind}`
    return [name, READ[kind](value) ?? refuse(14, message)]
  })
  return Object.fromEntries(read)
}

/** Reads a command for a database: `target` is the value of its first field, which names it. @throws {CommandError} 73 … */
export function readCommand<const S extends Shape>(
  command: Document,
  shape: S,
): Values<S> & { db: string; target: unknown } {
  const [name = ''] = Object.keys(command)
  const { [name]: target, $db: db, ...sent } = command
  if (typeof db !== 'string' || !/^[^/\\. "$\0]{1,63}$/.test(db)) refuse(73, `Invalid database name: '${db}'`)
  const named = (kind: 'any' | 'object') => [...GENERIC[kind], ...(shape[kind] ?? [])]
  const read: object = readFields(name, sent, { ...shape, any: named('any'), object: named('object') })
  const { readConcern: { level = 'local' } = {}, writeConcern: { w = 1 } = {} } = read as Values<typeof GENERIC>
  if (!['local', 'majority', 'available'].includes(level))
    refuse(238, `The embedded store has no read concern ${level}`)
  if (isNumeric(w) ? toDouble(w) > 1 : w !== 'majority') refuse(100, "cannot use 'w' > 1 when a host is not replicated")
  return { ...(read as Values<S>), db: db as string, target }
}

/** Reads a command for a collection. @throws {CommandError} 73 when it can't have that name, and as {@link readCommand} */
export function readOn<const S extends Shape>(command: Document, shape: S) {
  const read = readCommand(command, shape)
  const ns = `${read.db}.${read.target}`
  if (typeof read.target !== 'string' || !/^[^.$\0][^$\0]*$/.test(read.target) || Buffer.byteLength(ns) > 255)
    refuse(73, `Invalid namespace specified '${ns}'`)
  return { ...read, ns }
}

/** A count that must not be negative: `skip`, `limit`, `batchSize`. @throws {CommandError} 51024 on a negative one */
export function countOf(field: string, value = 0): number {
  if (value >= 0) return Math.trunc(value)
  return refuse(51024, `BSON field '${field}' value must be >= 0, actual value '${value}'`)
}
