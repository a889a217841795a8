/** The engine's thread: opens the store, listens, and answers until it is told to stop. */
import { chmodSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { parentPort, workerData } from 'node:worker_threads'
import { Cursors } from './commands/cursors.js'
import { execute } from './commands/execute.js'
import { removeExpired } from './expiry.js'
import { Store } from './storage/store.js'
import { serveConnection } from './wire/connection.js'

const MAX_CONNECTIONS = 1000
const CURSOR_CHECK_MS = 60_000
const FLUSH_REPORT_MS = 1000

const { dir, address, expiryMs } = workerData as { dir: string; address: string | undefined; expiryMs: number }
const log = (line: string) => parentPort!.postMessage(line)

const store = new Store(dir)
const cursors = new Cursors()
const sockets = new Set<Socket>()

const server = createServer((socket) => {
  sockets.add(socket)
  socket.on('close', () => sockets.delete(socket))
  void serveConnection(socket, (request, connectionId) => execute(request, { store, cursors, connectionId }, log), log)
})
server.maxConnections = MAX_CONNECTIONS
server.listen(address ? { path: address } : { host: '127.0.0.1', port: 0 }, () => {
  if (address) chmodSync(address, 0o600)
  const bound = server.address()
  parentPort!.postMessage(typeof bound === 'object' && bound ? bound.port : 0)
})

function reportFlushes(): void {
  const flushes = store.takeFlushes()
  if (flushes.count > 0) parentPort!.postMessage(flushes)
}

const timers = [
  setInterval(reportFlushes, FLUSH_REPORT_MS),
  setInterval(() => void removeExpired(store, Date.now()).catch((error) => log(`Expiry failed: ${error}`)), expiryMs),
  setInterval(() => cursors.removeIdle(Date.now()), CURSOR_CHECK_MS),
]

parentPort!.once('message', async () => {
  timers.forEach(clearInterval)
  server.close()
  for (const socket of sockets) socket.destroy()
  await store.close()
  parentPort!.close()
})
