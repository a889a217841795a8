import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApp } from '../../server/app.js'
import { createDependencies } from '../../server/dependencies.js'
import { loadConfig } from '../../server/platform/config.js'
import { listen } from '../../server/platform/http/listen.js'
import { createLogger } from '../../server/platform/logger.js'
import { projectDir } from '../../server/platform/paths.js'

/** The address with another database name; replica-set addresses are no URLs, so it is done by hand. */
export function withDatabase(uri: string, name: string): string {
  const [, servers = '', query = ''] = /^(mongodb(?:\+srv)?:\/\/[^/?]+)[^?]*(\?.*)?$/.exec(uri) ?? []
  return `${servers}/${name}${query}`
}

/** A database of this test alone: on the server that `MONGODB_URI` names, else the embedded engine in its own folder. */
function ownDatabase(): { env: Record<string, string>; cleanUp: () => void } {
  const server = process.env.MONGODB_URI
  if (server) {
    const name = `city_test_${randomUUID().replaceAll('-', '')}`
    return { env: { MONGODB_URI: withDatabase(server, name) }, cleanUp: () => {} }
  }
  const dir = mkdtempSync(join(tmpdir(), 'hai-long-'))
  return { env: { DATA_DIR: dir }, cleanUp: () => rmSync(dir, { recursive: true, force: true }) }
}

/**
 * The server as it is served, on a free port and a throw-away database.
 *
 * @param options.now the clock; default 22 November 2026, 10 o'clock in the city
 * @param options.env settings that differ from the defaults
 */
export async function startApp(options: { readonly now?: () => Date; readonly env?: Record<string, string> } = {}) {
  const database = ownDatabase()
  const logLines: string[] = []
  const settings = {
    SECRET: 'test-secret-of-thirty-two-characters',
    SECURE_COOKIES: 'false',
    ...database.env,
    ...options.env,
  }
  const dependencies = await createDependencies({
    config: loadConfig(settings),
    logger: createLogger('info', { write: (line) => void logLines.push(line) }),
    now: options.now ?? (() => new Date('2026-11-22T03:00:00Z')),
    projectDir: projectDir(),
  })
  const server = await listen(createApp(dependencies.parts), { host: '127.0.0.1', port: 0 })
  return {
    ...dependencies,
    url: server.url,
    logLines,
    async stop() {
      await server.stop()
      if (dependencies.databaseKind === 'server') await dependencies.connection.dropDatabase()
      await dependencies.close()
      database.cleanUp()
    },
  }
}

export type TestApp = Awaited<ReturnType<typeof startApp>>
