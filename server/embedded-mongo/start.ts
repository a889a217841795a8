import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, extname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { checkFormat, lockFolder, URI_FILE } from './data-folder.js'
import type { Flush } from './storage/store.js'

/** Longer paths of a socket are refused by some systems (104 bytes on macOS, 108 on Linux). */
const MAX_SOCKET_PATH_BYTES = 100

/** How the engine is started. */
export interface EngineOptions {
  /** The data folder; made if missing. */
  readonly dir: string
  /** Receives lines about odd clients and failures. */
  readonly log?: (line: string) => void
  /** How often documents of TTL indexes are looked through, in milliseconds; a minute as on MongoDB. */
  readonly expiryMs?: number
  /** Hears of each flush to disk. */
  readonly onFlush?: (flush: Flush) => void
}

/** A running engine. */
export interface Engine {
  /** The address of a database, for a driver. */
  uri(dbName: string): string
  /** Settles when the engine's thread has ended: rejected when it ended without being told to. */
  readonly ended: Promise<void>
  /** Finishes what is acknowledged or being written, closes everything and gives the folder free. */
  stop(): Promise<void>
}

/** Where to listen: a socket in the data folder, or in a short folder if that path is too long; no path where sockets can't serve. */
function socketPath(dir: string): string | undefined {
  if (process.platform === 'win32') return undefined
  const own = join(dir, 'socket')
  if (Buffer.byteLength(join(own, 'db.sock')) > MAX_SOCKET_PATH_BYTES)
    return join(mkdtempSync(join(tmpdir(), 'engine-')), 'db.sock')
  rmSync(own, { recursive: true, force: true })
  mkdirSync(own)
  chmodSync(own, 0o700)
  return join(own, 'db.sock')
}

function startWorker(workerData: object): Worker {
  if (extname(import.meta.url) === '.js') return new Worker(new URL('./worker.js', import.meta.url), { workerData })
  // From source: Node 20 doesn't hand the TypeScript loader of --import down to threads, so the thread registers it first.
  // Its address is built by hand because a test runner may load this file as CommonJS, where "import" conditions are lost.
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx/package.json'))
  const [loader, worker] = [new URL('./dist/esm/api/index.mjs', tsx).href, new URL('./worker.ts', import.meta.url).href]
  const source = `import('${loader}').then(({ register }) => { register(); return import('${worker}') })`
  return new Worker(source, { eval: true, workerData })
}

/**
 * Starts the embedded engine on a data folder, in a thread of its own.
 *
 * @throws {Error} when another process has the folder (it is named) or the folder has another format
 */
export async function start(options: EngineOptions): Promise<Engine> {
  const dir = resolve(options.dir)
  const unlock = lockFolder(dir)
  try {
    checkFormat(dir)
    const address = socketPath(dir)
    const worker = startWorker({ dir, address, expiryMs: options.expiryMs ?? 60_000 })
    let isStopping = false
    const ended = new Promise<void>((settle, fail) => {
      worker.once('exit', (code) => {
        rmSync(join(dir, URI_FILE), { force: true })
        if (address) rmSync(dirname(address), { recursive: true, force: true })
        unlock()
        if (isStopping) settle()
        else fail(new Error(`The embedded engine's thread ended by itself, code ${code}`))
      })
    })
    ended.catch(() => {})
    const port = await firstPort(worker, options)
    const host = address ? encodeURIComponent(address) : `127.0.0.1:${port}`
    writeFileSync(join(dir, URI_FILE), `mongodb://${host}/\n`, { mode: 0o600 })
    return {
      uri: (dbName) => `mongodb://${host}/${dbName}`,
      ended,
      stop() {
        if (!isStopping) worker.postMessage('stop')
        isStopping = true
        return ended
      },
    }
  } catch (error) {
    unlock()
    throw error
  }
}

/** Waits until the engine listens; from then on its lines of text go to the log, its flushes to whoever wants them. */
function firstPort(worker: Worker, { log, onFlush }: EngineOptions): Promise<number> {
  return new Promise((settle, fail) => {
    worker.on('error', (error) => {
      log?.(`The embedded engine failed: ${error.stack}`)
      fail(error)
    })
    worker.on('message', (message: string | number | Flush) => {
      if (typeof message === 'number') settle(message)
      else if (typeof message === 'string') log?.(message)
      else onFlush?.(message)
    })
  })
}
