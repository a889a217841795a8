/** The embedded engine in a process of its own: a database server that can be killed. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const HOST = fileURLToPath(new URL('../../../server/embedded-mongo/test/engine-process.js', import.meta.url))

export interface DatabaseProcess {
  readonly uri: string
  readonly socket: string
  start(): Promise<void>
  kill(): Promise<void>
  stop(): Promise<void>
}

async function run(dir: string): Promise<{ child: ChildProcess; uri: string }> {
  const child = fork(HOST, [dir])
  const [{ uri, error }] = (await once(child, 'message')) as [{ uri?: string; error?: string }]
  if (uri === undefined) throw new Error(`The database did not start: ${error}`)
  return { child, uri }
}

/** Starts it on a folder. */
export async function startDatabase(dir: string): Promise<DatabaseProcess> {
  let { child, uri } = await run(dir)
  const socket = decodeURIComponent(/^mongodb:\/\/([^/]+)\//.exec(uri)?.[1] ?? '')
  const kill = async () => {
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
  }
  return {
    uri,
    socket,
    kill,
    // Its host knows no other end; what is acknowledged is on disk.
    stop: kill,
    async start() {
      ;({ child, uri } = await run(dir))
    },
  }
}
