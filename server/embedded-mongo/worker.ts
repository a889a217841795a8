/** The engine's thread: opens the store, listens, and answers until it is told to stop. */

import { chmodSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { parentPort, workerData } from 'node:worker_threads'
import type { Document } from 'bson'
import type { Context } from './commands/command.js'
import { Cursors } from './commands/cursors.js'
import { execute } from './commands/execute.js'
import { deleteDocuments } from './commands/writes.js'
import type { IndexSpec } from './storage/catalogue.js'
import { Store } from './storage/store.js'
import { toDouble } from './values/types.js'
import { serveConnection } from './wire/connection.js'

const MAX_CONNECTIONS = 1000
const CURSOR_CHECK_MS = 60_000

const { dir, address, expiryMs } = workerData as { dir: string; address: string | undefined; expiryMs: number }
const log = (line: string) => parentPort!.postMessage(line)

const store = new Store(dir, (flush) => parentPort!.postMessage(flush))
const cursors = new Cursors()
const contextOf = (connectionId: number) => ({ store, cursors, connectionId })
const sockets = new Set<Socket>()

const server = createServer((socket) => {
  sockets.add(socket)
  socket.on('close', () => sockets.delete(socket))
  void serveConnection(socket, (request, connectionId) => execute(request, contextOf(connectionId), log), log)
})
server.maxConnections = MAX_CONNECTIONS
server.listen(address ? { path: address } : { host: '127.0.0.1', port: 0 }, () => {
  if (address) chmodSync(address, 0o600)
  const bound = server.address()
  parentPort!.postMessage(typeof bound === 'object' && bound ? bound.port : 0)
})

const expire = () => removeExpired(contextOf(0), Date.now()).catch((error) => log(`Expiry failed: ${error}`))
const timers = [
  setInterval(() => void expire(), expiryMs),
  setInterval(() => cursors.removeIdle(Date.now()), CURSOR_CHECK_MS),
]

parentPort!.once('message', async () => {
  timers.forEach(clearInterval)
  server.close()
  for (const socket of sockets) socket.destroy()
  await store.close()
  parentPort!.close()
})

/** What a TTL index says is over; a partial one speaks only of the documents that it covers. */
function expired({ key, partialFilterExpression = {}, expireAfterSeconds }: IndexSpec, now: number): Document {
  const until = new Date(now - toDouble(expireAfterSeconds) * 1000)
  const [field] = Object.keys(key) as [string]
  return { $and: [partialFilterExpression, { [field]: { $lte: until } }] }
}

/** Deletes the documents whose TTL index says that their time is over. */
async function removeExpired(context: Context, now: number): Promise<void> {
  for (const { ns, indexes } of context.store.catalogue.all()) {
    const [, $db, name] = /^(.+?)\.(.+)$/.exec(ns)!
    for (const { spec } of indexes) {
      if (spec.expireAfterSeconds === undefined) continue
      await deleteDocuments({ delete: name, $db, deletes: [{ q: expired(spec, now), limit: 0 }] }, context)
    }
  }
}
