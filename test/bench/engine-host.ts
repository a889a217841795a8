/** A process of its own with the embedded engine on the folder named first; answers `memory` with its numbers. */
import { existsSync, readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

const [dir, modulePath] = process.argv.slice(2)
const { start } = (await import(
  pathToFileURL(modulePath!).href
)) as typeof import('../../server/embedded-mongo/start.js')

function memoryMegabytes(): Record<string, number> {
  if (!existsSync('/proc/self/status')) return { resident: process.memoryUsage().rss / 1e6 }
  const status = readFileSync('/proc/self/status', 'utf8')
  const read = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1]) / 1024
  return { resident: read('VmRSS'), withoutMappedFile: read('RssAnon'), mappedFile: read('RssFile') }
}

const before = performance.now()
const engine = await start({ dir: dir!, log: console.error })
process.send!({ uri: engine.uri('bench'), openMs: performance.now() - before })
process.on('message', (message) => {
  if (message === 'memory') process.send!(memoryMegabytes())
  else void engine.stop().then(() => process.disconnect())
})
