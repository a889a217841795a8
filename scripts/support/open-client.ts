import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Db, MongoClient } from 'mongodb'
import { start } from '../../server/embedded-mongo/start.js'

const DATABASE = 'hai_long'

/** One database of a server, and the way to let go of it. */
export interface OpenDatabase {
  readonly db: Db
  /** What it is, for messages: an address without its password, or a folder. */
  readonly name: string
  close(): Promise<void>
}

/** Opens the database that an address names. */
export async function openAt(uri: string): Promise<OpenDatabase> {
  const client = await MongoClient.connect(uri, { serverSelectionTimeoutMS: 5000 })
  const name = uri.replace(/\/\/[^@/]*@/, '//')
  return { db: client.db(), name, close: () => client.close() }
}

/**
 * Opens the platform's database: the server of `MONGODB_URI`; without it the embedded engine in `DATA_DIR`, joined
 * while the platform runs on it, else started for the time being.
 */
export async function openFromSettings(env: NodeJS.ProcessEnv): Promise<OpenDatabase> {
  if (env.MONGODB_URI) return openAt(env.MONGODB_URI)
  const dir = env.DATA_DIR || 'data'
  const uriFile = join(dir, 'engine.uri')
  const running = existsSync(uriFile) ? await connectIfAlive(readFileSync(uriFile, 'utf8').trim()) : undefined
  if (running) return { db: running.db(DATABASE), name: dir, close: () => running.close() }
  const engine = await start({ dir, log: console.error })
  const client = await MongoClient.connect(engine.uri(DATABASE))
  return {
    db: client.db(),
    name: dir,
    async close() {
      await client.close()
      await engine.stop()
    },
  }
}

/** A killed engine leaves its address behind: nobody answers there then. */
async function connectIfAlive(uri: string): Promise<MongoClient | undefined> {
  try {
    return await MongoClient.connect(uri, { serverSelectionTimeoutMS: 2000 })
  } catch {
    return undefined
  }
}
