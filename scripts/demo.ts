/**
 * `npm run demo`: the whole platform on the embedded database, with a year of simulated responses.
 *
 * `--dir DIR` keeps the data in a folder and uses them again; `PORT` names the port, another is taken when it is in use.
 */
import { parseArgs } from 'node:util'
import { createApp } from '../server/app.js'
import { createDependencies } from '../server/dependencies.js'
import { cityDay } from '../server/domain/survey/day.js'
import { loadConfig } from '../server/platform/config.js'
import { listen } from '../server/platform/http/listen.js'
import { createLogger } from '../server/platform/logger.js'
import { projectDir } from '../server/platform/paths.js'
import { type DemoAccount, type DemoFolder, openDemoFolder } from './demo/demo-folder.js'
import { NEW_MAP_ON } from './demo/demo-waves.js'
import { fillDemo } from './demo/fill-demo.js'
import { freePort } from './demo/free-port.js'

const HOST = '127.0.0.1'
const DEFAULT_PORT = 3000
const now = () => new Date()
const say = (line = '') => console.log(line)

async function start(folder: DemoFolder) {
  const wished = process.env.PORT
    ? loadConfig({ PORT: process.env.PORT, SECRET: folder.secret }).http.port
    : DEFAULT_PORT
  const port = await freePort(wished, HOST)
  const config = loadConfig({
    PORT: String(port),
    HOST,
    PUBLIC_URL: `http://${HOST}:${port}`,
    DATA_DIR: folder.dataDir,
    SECRET: folder.secret,
    SIGNING_KEY: folder.signingKey,
    SECURE_COOKIES: 'false',
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'error',
  })
  const parts = await createDependencies({
    config,
    logger: createLogger(config.logLevel),
    now,
    projectDir: projectDir(),
  })
  const fill = async () => {
    const accounts = folder.accounts ?? (await fillDemo(parts, now(), say))
    if (folder.accounts === null) folder.finish(accounts)
    return accounts
  }
  return { parts, config, fill }
}

function printAccounts(accounts: readonly DemoAccount[], url: string) {
  say()
  say(`Tài khoản cán bộ · Staff accounts (${url}/sign-in)`)
  const width = Math.max(...accounts.map(({ login }) => login.length))
  for (const { login, password, name } of accounts) say(`  ${login.padEnd(width)}  ${password}  ${name}`)
  say()
  say('Mọi số liệu là mô phỏng. Ctrl-C để dừng. · All figures are simulated. Ctrl-C stops.')
  say('Mở trong trình duyệt · Open in a browser:')
  say(`${url}/`)
}

async function main() {
  const { values } = parseArgs({ options: { dir: { type: 'string' } } })
  if (cityDay(now()) < NEW_MAP_ON) throw new Error(`The clock of this machine is before ${NEW_MAP_ON}; please set it`)
  say('Hài lòng: bản trình diễn với dữ liệu mô phỏng · demonstration with simulated data')
  const folder = openDemoFolder(values.dir)
  const closing: (() => Promise<unknown>)[] = []
  let isStopping = false
  const stop = async (exitCode: number) => {
    if (isStopping) return
    isStopping = true
    for (const close of closing.reverse()) await close().catch(() => {})
    folder.discard()
    process.exit(exitCode)
  }
  const fail = (error: unknown) => {
    if (!isStopping) console.error(error instanceof Error ? error.message : error)
    return stop(1)
  }
  process.on('SIGINT', () => void stop(0))
  process.on('SIGTERM', () => void stop(0))
  try {
    const { parts, config, fill } = await start(folder)
    closing.push(() => parts.close())
    parts.databaseLost.catch(fail)
    const accounts = await fill()
    const server = await listen(createApp({ ...parts.parts, isSimulated: true }), config.http)
    closing.push(() => server.stop(1000))
    printAccounts(accounts, server.url)
  } catch (error) {
    await fail(error)
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
})
