import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildIndexes, openDatabase } from '../../server/platform/mongo/connect.js'

/** The same server, another database. Not by URL: addresses of replica sets are no URLs. */
const withName = (uri: string, dbName: string) => uri.replace(/^(\w+(?:\+srv)?:\/\/[^/?]+)(\/[^?]*)?/, `$1/${dbName}`)

/**
 * A throw-away database: on the server at `MONGODB_URI`, else in an embedded engine of its own.
 *
 * Call `buildIndexes` once the models of the test are bound. `commandEnv` leads the project's commands to it.
 */
export async function openTestDatabase(name: string) {
  const server = process.env.MONGODB_URI
  const dataDir = await mkdtemp(join(tmpdir(), `hai-long-${name}-`))
  const uri = server ? withName(server, `test_${name}_${randomUUID().slice(0, 8)}`) : undefined
  const database = await openDatabase({ uri, dataDir })
  const { connection } = database
  return {
    connection,
    buildIndexes: () => buildIndexes(connection),
    commandEnv: { MONGODB_URI: uri ?? '', DATA_DIR: dataDir },
    async close() {
      await connection.dropDatabase()
      await database.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
