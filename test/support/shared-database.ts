import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { projectDir } from '../../server/platform/paths.js'
import { ownDatabase, withDatabase } from './test-database.js'

const ENGINE = join(projectDir(), 'server/embedded-mongo/test/engine-process.ts')

/**
 * A database that several processes may use at once: on the server that `MONGODB_URI` names, else on an engine in a process of
 * its own.
 */
export async function startSharedDatabase() {
  const { uri, dataDir, removeFolder } = ownDatabase()
  if (uri !== undefined) return { uri, stop: async () => removeFolder() }
  const engine: ChildProcess = fork(ENGINE, [dataDir], { cwd: projectDir(), execArgv: ['--import', 'tsx'] })
  const [{ uri: address, error }] = (await once(engine, 'message')) as [{ uri?: string; error?: string }]
  if (address === undefined) throw new Error(`The engine did not start: ${error}`)
  return {
    uri: withDatabase(address, 'city'),
    async stop() {
      const ended = once(engine, 'exit')
      engine.kill('SIGKILL')
      await ended
      removeFolder()
    },
  }
}
