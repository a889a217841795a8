import { type Db, MongoClient } from 'mongodb'
import { dataDirOf, openFromSettings } from './open-database.js'

/** One database of a server, and the way to let go of it. */
export interface OpenDatabase {
  readonly db: Db
  /** What it is, for messages: an address without its password, or a folder. */
  readonly name: string
  close(): Promise<void>
}

const withoutPassword = (uri: string) => uri.replace(/\/\/[^@/]*@/, '//')

/** Opens the database that an address names. */
export async function openAt(uri: string): Promise<OpenDatabase> {
  const client = await MongoClient.connect(uri, { serverSelectionTimeoutMS: 5000 })
  return { db: client.db(), name: withoutPassword(uri), close: () => client.close() }
}

/** Opens the platform's own database, as the settings name it, below its models. */
export async function openOwn(env: NodeJS.ProcessEnv): Promise<OpenDatabase> {
  const { connection, close } = await openFromSettings(env)
  if (!connection.db) throw new Error('The database is not connected')
  return { db: connection.db, name: env.MONGODB_URI ? withoutPassword(env.MONGODB_URI) : dataDirOf(env), close }
}
