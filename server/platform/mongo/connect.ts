import mongoose, { type Connection } from 'mongoose'
import { start } from '../../embedded-mongo/start.js'

export type { Connection }

/** An open database and the way to close it. */
export interface Database {
  readonly connection: Connection
  /** What stands behind: a server named by its address, or the embedded engine. */
  readonly kind: 'server' | 'embedded'
  close(): Promise<void>
}

const DEFAULT_DATABASE = 'hai_long'

async function open(uri: string, dbName?: string): Promise<Connection> {
  const options = { autoIndex: false, autoCreate: false, serverSelectionTimeoutMS: 5000 }
  return mongoose.createConnection(uri, dbName ? { ...options, dbName } : options).asPromise()
}

/** Builds the indexes of every model of the connection; safe to repeat. */
export async function buildIndexes(connection: Connection): Promise<void> {
  for (const model of Object.values(connection.models)) {
    await model.createCollection()
    await model.createIndexes()
  }
}

/** Connects to the server at `uri`, or starts the embedded engine in `dataDir` when there is none. */
export async function openDatabase(where: {
  readonly uri: string | undefined
  readonly dataDir: string
  readonly dbName?: string
}): Promise<Database> {
  if (where.uri !== undefined) {
    const connection = await open(where.uri, where.dbName)
    return { connection, kind: 'server', close: () => connection.close() }
  }
  const engine = await start({ dir: where.dataDir })
  const connection = await open(engine.uri(where.dbName ?? DEFAULT_DATABASE))
  return {
    connection,
    kind: 'embedded',
    close: async () => {
      await connection.close()
      await engine.stop()
    },
  }
}
