import { buildIndexes, type Database } from '../../server/platform/mongo/connect.js'
import { openFromSettings } from './open-database.js'

/**
 * Opens the database that the settings name, runs the work and closes it again.
 *
 * @param prepare binds the models that the work needs; their indexes are built before it runs
 */
export async function withDatabase<Tools>(
  env: NodeJS.ProcessEnv,
  prepare: (connection: Database['connection']) => Tools,
  work: (tools: Tools, database: Database) => Promise<void>,
): Promise<void> {
  const database = await openFromSettings(env)
  try {
    const tools = prepare(database.connection)
    await buildIndexes(database.connection)
    await work(tools, database)
  } finally {
    await database.close()
  }
}
