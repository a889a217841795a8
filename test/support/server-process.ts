import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { projectDir } from '../../server/platform/paths.js'

const SETTINGS = { SECRET: 'test-secret-of-thirty-two-characters', SECURE_COOKIES: 'false', PORT: '0' }

/**
 * The server as an operator starts it, in a process of its own on a free port.
 *
 * @returns its address and its log; `url` is rejected with what it said when it ends before it listens
 */
export function startServerProcess(env: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], {
    cwd: projectDir(),
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...SETTINGS, ...env },
  })
  const ended = once(child, 'exit')
  let log = ''
  let said = ''
  const url = new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      log += text
      const found = /"url":"([^"]+)"[^\n]*"msg":"listening"/.exec(log)?.[1]
      if (found) resolve(found)
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
    void ended.then(() => reject(new Error(`The server ended: ${said}`)))
  })
  url.catch(() => {})
  return {
    url,
    log: () => log,
    /** SIGTERM; gives the exit code. */
    async stop(): Promise<number | null> {
      child.kill('SIGTERM')
      const [code] = (await ended) as [number | null]
      return code
    },
  }
}

export type ServerProcess = ReturnType<typeof startServerProcess>
