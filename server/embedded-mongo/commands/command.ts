import type { Document } from 'bson'
import { refuse } from '../errors.js'
import type { Store } from '../storage/store.js'
import { isTruthy, toDouble } from '../values/numbers.js'
import { isArray, isDocument, isNumeric, typeName } from '../values/types.js'
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

interface Kinds {
  number: number
  flag: boolean
  object: Document
  text: string
  list: unknown[]
  any: unknown
}

/** The fields that a command or statement may have, and of which kind each is. */
type Shape = Readonly<Record<string, keyof Kinds>>
type Values<S extends Shape> = { [Name in keyof S]?: Kinds[S[Name]] }

/** Fields that drivers add to every command. */
const GENERIC = {
  lsid: 'any',
  $clusterTime: 'any',
  comment: 'any',
  $readPreference: 'object',
  readConcern: 'object',
  writeConcern: 'object',
} as const

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
  if (!kind) return refuse(40415, `BSON field '${field}' is an unknown field, or one that the embedded store lacks`)
  if (value === null || value === undefined) return undefined
  const message = `BSON field '${field}' is the wrong type '${typeName(value)}', expected a ${kind}`
  return READ[kind](value) ?? refuse(14, message)
}

/**
 * Reads the fields of one statement of a command; none is passed over in silence.
 *
 * @throws {CommandError} 40415 on a field that isn't offered, 14 on a wrong type
 */
export function readFields<S extends Shape>(of: string, sent: Document, shape: S): Values<S> {
  const kindOf = (name: string) => (Object.hasOwn(shape, name) ? shape[name] : undefined)
  const read = Object.entries(sent).map(([name, value]) => [name, readField(`${of}.${name}`, value, kindOf(name))])
  return Object.fromEntries(read)
}

/** Reads a command for a database: `target` is the value of its first field, which names it. @throws {CommandError} 73 … */
export function readCommand<S extends Shape>(command: Document, shape: S): Values<S> & { db: string; target: unknown } {
  const [name = ''] = Object.keys(command)
  const { [name]: target, $db: db, ...sent } = command
  if (typeof db !== 'string' || !/^[^/\\. "$\0]{1,63}$/.test(db)) refuse(73, `Invalid database name: '${db}'`)
  const read = readFields(name, sent, { ...GENERIC, ...shape })
  const { readConcern: { level = 'local' } = {}, writeConcern: { w = 1 } = {} } = read as Values<typeof GENERIC>
  if (!['local', 'majority', 'available'].includes(level))
    refuse(238, `The embedded store has no read concern ${level}`)
  if (isNumeric(w) ? toDouble(w) > 1 : w !== 'majority') refuse(100, "cannot use 'w' > 1 when a host is not replicated")
  return { ...(read as Values<S>), db: db as string, target }
}

/** Reads a command for a collection. @throws {CommandError} 73 when it can't have that name, and as {@link readCommand} */
export function readOn<S extends Shape>(command: Document, shape: S) {
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
