import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Database, openDatabase } from '../../server/platform/mongo/connect.js'

const DATABASE = 'hai_long'

/** A running server with the embedded engine leaves its address here. */
const uriFileOf = (dataDir: string) => join(dataDir, 'engine.uri')

/** The folder of the embedded engine that the settings name. */
export const dataDirOf = (env: NodeJS.ProcessEnv): string => env.DATA_DIR || 'data'

/**
 * Opens the database that the settings name: the server of `MONGODB_URI`; without it the embedded engine in
 * `DATA_DIR`, joined while the platform runs on it, else started for the time being.
 */
export async function openFromSettings(env: NodeJS.ProcessEnv): Promise<Database> {
  const uri = env.MONGODB_URI || undefined
  const dataDir = dataDirOf(env)
  try {
    return await openDatabase({ uri, dataDir, log: console.error })
  } catch (error) {
    const isHeld = uri === undefined && error instanceof Error && /is in use/.test(error.message)
    if (!isHeld || !existsSync(uriFileOf(dataDir))) throw error
    return openDatabase({ uri: readFileSync(uriFileOf(dataDir), 'utf8').trim(), dataDir, dbName: DATABASE })
  }
}
