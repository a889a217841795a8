import { Router } from 'express'
import { type AppParts, createApp } from '../../server/app.js'
import { listen } from '../../server/platform/http/listen.js'
import { createLogger } from '../../server/platform/logger.js'
import { projectDir } from '../../server/platform/paths.js'
import { projectTexts } from './project-files.js'

/** The real application with routes of the test's own and no database: for tests of the HTTP base. */
export async function startBareApp(pages: Router, overrides: Partial<AppParts> = {}) {
  const logLines: string[] = []
  const app = createApp({
    logger: createLogger('info', { write: (line) => void logLines.push(line) }),
    texts: projectTexts(),
    health: { ping: async () => undefined, isStopping: () => false },
    projectDir: projectDir(),
    secureCookies: false,
    trustedProxyHops: 0,
    staffSession: [],
    pages: [pages],
    apis: [],
    apiDocs: Router(),
    ...overrides,
  })
  const server = await listen(app, { host: '127.0.0.1', port: 0 })
  return { ...server, logLines }
}
