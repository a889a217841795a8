/** Writes `server/domain/access/README.md`; run it when a route, a role or a permission changes. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApp } from '../server/app.js'
import { createDependencies } from '../server/dependencies.js'
import { loadConfig } from '../server/platform/config.js'
import { declaredRoutes } from '../server/platform/http/routes.js'
import { createLogger } from '../server/platform/logger.js'
import { projectDir } from '../server/platform/paths.js'
import { accessTable } from './support/access-table.js'
import { EVERY_ROUTE } from './support/every-route.js'

// The application is built on an empty database of its own: nothing of the operator's is opened.
const dataDir = mkdtempSync(join(tmpdir(), 'access-table-'))
const secret = { SECRET: 'only to build the application, never to serve' }
const config = loadConfig({ DATA_DIR: dataDir, ...secret, ...EVERY_ROUTE })
const { parts, close } = await createDependencies({
  config,
  logger: createLogger('error'),
  now: () => new Date(),
  projectDir: projectDir(),
})
const table = accessTable(declaredRoutes(createApp(parts).router))
await close()
rmSync(dataDir, { recursive: true, force: true })
writeFileSync(join(projectDir(), 'server/domain/access/README.md'), table)
