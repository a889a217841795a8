import type { Document } from 'bson'
import { invalidNamespace } from '../errors.js'
import type { Collection } from '../storage/catalogue.js'
import type { Store } from '../storage/store.js'
import type { Cursors } from './cursors.js'

/** What a command works on. */
export interface Context {
  readonly store: Store
  readonly cursors: Cursors
  readonly connectionId: number
}

/** One command: takes the decoded message, gives the reply. */
export type Command = (command: Document, context: Context) => Document | Buffer | Promise<Document | Buffer>

/**
 * The namespace a command names, checked.
 *
 * @throws {CommandError} 73 when database or collection can't have that name
 */
export function namespaceOf(command: Document): string {
  const name = Object.values(command)[0]
  const db = databaseOf(command)
  if (typeof name !== 'string' || name === '' || name.includes('$') || name.includes('\0') || name.startsWith('.')) {
    throw invalidNamespace(`Invalid namespace specified '${db}.${typeof name === 'string' ? name : ''}'`)
  }
  if (Buffer.byteLength(`${db}.${name}`) > 255)
    throw invalidNamespace(`Fully qualified namespace is too long: ${db}.${name}`)
  return `${db}.${name}`
}

/** The database a command is for, checked. */
export function databaseOf(command: Document): string {
  const db = command.$db
  if (typeof db !== 'string' || db === '' || db.length > 63 || /[/\\. "$\0]/.test(db))
    throw invalidNamespace(`Invalid database name: '${db}'`)
  return db
}

/** The collection of a namespace, made when it is missing; within a write transaction. */
export function findOrCreate(store: Store, ns: string): Collection {
  return store.catalogue.find(ns) ?? store.catalogue.create(ns)
}
