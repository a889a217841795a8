import { statfs } from 'node:fs/promises'
import mongoose, { type Connection } from 'mongoose'
import { type EngineOptions, start } from '../../embedded-mongo/start.js'
import { watchDriver } from './watch-driver.js'

export type { Connection }

/** How a process joins a database that is open. */
export interface DatabaseAddress {
  readonly uri: string
  /** Overrides the database that the address names. */
  readonly dbName?: string
}

/** An open database and the way to close it. */
export interface Database {
  readonly connection: Connection
  /** For other processes of this machine, as long as it is open here. */
  readonly address: DatabaseAddress
  /** What stands behind: a server named by its address, or the embedded engine. */
  readonly kind: 'server' | 'embedded'
  /** Rejected when the embedded engine ended without being told to, or the driver lost a server for good; pending otherwise. */
  readonly lost: Promise<void>
  /** Rejected when the database does not answer, or the embedded engine's disk has no room for writes. */
  ping(): Promise<unknown>
  close(): Promise<void>
}

/** Where the database is. */
export interface DatabasePlace {
  /** A MongoDB server; undefined: the embedded engine in `dataDir`. */
  readonly uri: string | undefined
  readonly dataDir: string
  /** Overrides the database that the address names. */
  readonly dbName?: string
  /** Receives lines of the embedded engine about odd clients and failures. */
  readonly log?: (line: string) => void
  /** Receives what the embedded engine has put on disk. */
  readonly onFlush?: EngineOptions['onFlush']
}

const DEFAULT_DATABASE = 'hai_long'
/** How often the driver is watched, and how long a ping of the watch may take. */
const WATCH_EVERY_MS = 10_000
const WATCH_LIMIT_MS = 6000

/** A server that falls silent is asked every 5 s and given 10 s to answer; the driver's own 40 s would hold readers up. */
const SERVER_OPTIONS = { heartbeatFrequencyMS: 5000, connectTimeoutMS: 10_000 }

/** What is acknowledged is on disk: a server without replicas would else answer up to 100 ms before its journal is. */
const writeConcern = { w: 'majority', journal: true } as const

async function open(uri: string, dbName?: string, more: mongoose.ConnectOptions = {}): Promise<Connection> {
  const options = { autoIndex: false, autoCreate: false, serverSelectionTimeoutMS: 5000, writeConcern, ...more }
  return mongoose.createConnection(uri, dbName ? { ...options, dbName } : options).asPromise()
}

const pingOf = (connection: Connection) => async () => connection.db?.command({ ping: 1 })

/** With less room the embedded engine is about to refuse writes: no time to send it citizens. */
const ROOM_NEEDED_BYTES = 16 * 1024 * 1024

/** @throws {Error} when the disk of a folder is full, or nearly */
async function checkRoom(dir: string): Promise<void> {
  const { bavail, bsize } = await statfs(dir)
  if (bavail * bsize < ROOM_NEEDED_BYTES) throw new Error(`The disk of ${dir} is full`)
}

/** Builds the indexes of every model of the connection; safe to repeat. */
export async function buildIndexes(connection: Connection): Promise<void> {
  for (const model of Object.values(connection.models)) {
    await model.createCollection()
    await model.createIndexes()
  }
}

async function openServer(uri: string, dbName?: string): Promise<Database> {
  const connection = await open(uri, dbName, SERVER_OPTIONS)
  const ping = pingOf(connection)
  const pingAfresh = async () => {
    const fresh = await open(uri, dbName, SERVER_OPTIONS)
    await pingOf(fresh)().finally(() => fresh.close())
  }
  const { lost, stop } = watchDriver({ ping, pingAfresh, everyMs: WATCH_EVERY_MS, limitMs: WATCH_LIMIT_MS })
  const close = () => {
    stop()
    return connection.close()
  }
  return { connection, address: { uri, ...(dbName && { dbName }) }, kind: 'server', lost, ping, close }
}

/** Connects to the server at `uri`, or starts the embedded engine in `dataDir` when there is none. */
export async function openDatabase(where: DatabasePlace): Promise<Database> {
  if (where.uri !== undefined) return openServer(where.uri, where.dbName)
  const { dataDir: dir, log, onFlush } = where
  const engine = await start({ dir, ...(log && { log }), ...(onFlush && { onFlush }) })
  const uri = engine.uri(where.dbName ?? DEFAULT_DATABASE)
  const connection = await open(uri)
  return {
    connection,
    address: { uri },
    kind: 'embedded',
    lost: engine.ended,
    ping: () => Promise.all([pingOf(connection)(), checkRoom(dir)]),
    close: async () => {
      await connection.close()
      await engine.stop()
    },
  }
}
