import type { Document } from 'bson'
import { CommandError } from '../errors.js'
import type { Collection } from '../storage/catalogue.js'
import type { Store } from '../storage/store.js'
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

/** The database a command is for. @throws {CommandError} 73 when it can't have that name */
export function databaseOf({ $db: db }: Document): string {
  if (typeof db === 'string' && /^[^/\\. "$\0]{1,63}$/.test(db)) return db
  throw new CommandError(73, `Invalid database name: '${db}'`)
}

/** The namespace a command names. @throws {CommandError} 73 when database or collection can't have that name */
export function namespaceOf(command: Document): string {
  const name: unknown = Object.values(command)[0]
  const ns = `${databaseOf(command)}.${name}`
  if (typeof name === 'string' && /^[^.$\0][^$\0]*$/.test(name) && Buffer.byteLength(ns) <= 255) return ns
  throw new CommandError(73, `Invalid namespace specified '${ns}'`)
}

/** The collection that a command names. @throws {CommandError} 26 when there is none */
export function existing(store: Store, ns: string): Collection {
  const collection = store.catalogue.find(ns)
  if (!collection) throw new CommandError(26, `ns does not exist: ${ns}`)
  return collection
}
