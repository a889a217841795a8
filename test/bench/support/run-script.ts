/** A command of the project in a process of its own, watched while it runs. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { anonymousMbOf } from './server-process.js'

const PROJECT = fileURLToPath(new URL('../../../', import.meta.url))
const WATCH_MS = 200

/** What a command took. */
export interface Ran {
  readonly seconds: number
  /** Most memory of its own at a time; pages of the database file, which the system lends and takes back, left out. */
  readonly mostHeldMb: number
}

/** @throws {Error} with the end of its output when it fails */
export async function runScript(
  name: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Ran> {
  const start = performance.now()
  const child = spawn(process.execPath, ['--import=tsx', `scripts/${name}.ts`, ...args], {
    cwd: PROJECT,
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => (said = `${said}${chunk}`.slice(-2000)))
  let mostHeldMb = 0
  const watch = setInterval(() => {
    if (child.pid !== undefined) mostHeldMb = Math.max(mostHeldMb, anonymousMbOf(child.pid))
  }, WATCH_MS)
  const [code] = await once(child, 'exit')
  clearInterval(watch)
  if (code !== 0) throw new Error(`scripts/${name}.ts ended with ${code}:\n${said}`)
  return { seconds: Math.round((performance.now() - start) / 100) / 10, mostHeldMb: Math.round(mostHeldMb) }
}
