import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildIndexes, openDatabase } from '../../server/platform/mongo/connect.js'

/**
 * A throw-away database: on the server at `MONGODB_URI`, else in an embedded engine of its own.
 *
 * Call `buildIndexes` once the models of the test are bound.
 */
export async function openTestDatabase(name: string) {
  const dataDir = await mkdtemp(join(tmpdir(), `hai-long-${name}-`))
  const dbName = `test_${name}_${randomUUID().slice(0, 8)}`
  const database = await openDatabase({ uri: process.env.MONGODB_URI, dataDir, dbName })
  const { connection } = database
  return {
    connection,
    buildIndexes: () => buildIndexes(connection),
    async close() {
      await connection.dropDatabase()
      await database.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
