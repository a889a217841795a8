import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildIndexes, type Database, openDatabase } from '../../server/platform/mongo/connect.js'

const DATABASE = 'hai_long'

/** A running server with the embedded engine leaves its address here. */
const uriFileOf = (dataDir: string) => join(dataDir, 'engine.uri')

async function openHere(env: NodeJS.ProcessEnv): Promise<Database> {
  const uri = env.MONGODB_URI || undefined
  const dataDir = env.DATA_DIR || 'data'
  try {
    return await openDatabase({ uri, dataDir })
  } catch (error) {
    const isHeld = uri === undefined && error instanceof Error && /is in use/.test(error.message)
    if (!isHeld || !existsSync(uriFileOf(dataDir))) throw error
    return openDatabase({ uri: readFileSync(uriFileOf(dataDir), 'utf8').trim(), dataDir, dbName: DATABASE })
  }
}

/**
 * Opens the database that the settings name, runs the work and closes it again.
 *
 * Without `MONGODB_URI` that is the embedded engine in `DATA_DIR`; a server that is running on it is joined.
 *
 * @param prepare binds the models that the work needs; their indexes are built before it runs
 */
export async function withDatabase<Tools>(
  env: NodeJS.ProcessEnv,
  prepare: (connection: Database['connection']) => Tools,
  work: (tools: Tools) => Promise<void>,
): Promise<void> {
  const database = await openHere(env)
  try {
    const tools = prepare(database.connection)
    await buildIndexes(database.connection)
    await work(tools)
  } finally {
    await database.close()
  }
}
