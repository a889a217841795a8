import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildIndexes, openDatabase } from '../../server/platform/mongo/connect.js'

/** The address of another database of the same server; by hand, since addresses of replica sets are no URLs. */
export function withDatabase(uri: string, name: string): string {
  const [, servers = '', query = ''] = /^(mongodb(?:\+srv)?:\/\/[^/?]+)[^?]*(\?.*)?$/.exec(uri) ?? []
  return `${servers}/${name}${query}`
}

/** Where a throw-away database lies: on the server that `MONGODB_URI` names, else in a folder of its own. */
export function ownDatabase() {
  const server = process.env.MONGODB_URI
  const dataDir = mkdtempSync(join(tmpdir(), 'hai-long-'))
  const uri = server ? withDatabase(server, `city_test_${randomUUID().replaceAll('-', '')}`) : undefined
  return {
    uri,
    dataDir,
    /** Leads a server or a command to it. */
    env: { MONGODB_URI: uri ?? '', DATA_DIR: dataDir },
    removeFolder: () => rmSync(dataDir, { recursive: true, force: true }),
  }
}

/** An open throw-away database. Call `buildIndexes` once the models of the test are bound. */
export async function openTestDatabase() {
  const { uri, dataDir, env, removeFolder } = ownDatabase()
  const database = await openDatabase({ uri, dataDir })
  const { connection } = database
  return {
    connection,
    buildIndexes: () => buildIndexes(connection),
    commandEnv: env,
    async close() {
      await connection.dropDatabase()
      await database.close()
      removeFolder()
    },
  }
}

export type TestDatabase = Awaited<ReturnType<typeof openTestDatabase>>
