import { createApp } from '../../server/app.js'
import { createDependencies } from '../../server/dependencies.js'
import { loadConfig } from '../../server/platform/config.js'
import { listen } from '../../server/platform/http/listen.js'
import { createLogger } from '../../server/platform/logger.js'
import { projectDir } from '../../server/platform/paths.js'
import { newSigningKey } from '../../server/platform/signing.js'
import { STANDARD_NOW } from './http-client.js'
import { ownDatabase } from './test-database.js'

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
    SIGNING_KEY: newSigningKey(),
    SECURE_COOKIES: 'false',
    ...database.env,
    ...options.env,
  }
  const dependencies = await createDependencies({
    config: loadConfig(settings),
    logger: createLogger('info', { write: (line) => void logLines.push(line) }),
    now: options.now ?? (() => STANDARD_NOW),
    projectDir: projectDir(),
  })
  const server = await listen(createApp(dependencies.parts), { host: '127.0.0.1', port: 0 })
  return {
    ...dependencies,
    url: server.url,
    logLines,
    /** Leads a command to the database of this server, which runs meanwhile. */
    commandEnv: database.env,
    async stop() {
      await server.stop()
      if (dependencies.databaseKind === 'server') await dependencies.connection.dropDatabase()
      await dependencies.close()
      database.removeFolder()
    },
  }
}

export type TestApp = Awaited<ReturnType<typeof startApp>>
