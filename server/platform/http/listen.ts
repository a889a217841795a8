import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A listening server: where it listens, and the way to stop it. */
export interface Listening {
  readonly url: string
  /** Takes no new requests, waits for those in flight (at most `graceMs`), then closes what is left. */
  stop(graceMs?: number): Promise<void>
}

const GRACE_MS = 10_000
const IDLE_SWEEP_MS = 20

function closeGracefully(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), graceMs)
    // A kept-alive connection becomes idle only when its last answer is out; without this it would hold up the stop.
    const sweep = setInterval(() => server.closeIdleConnections(), IDLE_SWEEP_MS)
    server.close(() => {
      clearTimeout(timer)
      clearInterval(sweep)
      resolve()
    })
  })
}

/** Starts to serve; rejects when the address is taken. */
export function listen(app: RequestListener, { host, port }: { host: string; port: number }): Promise<Listening> {
  const server = createServer({ requestTimeout: 30_000, headersTimeout: 15_000, maxHeaderSize: 16_384 }, app)
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      const { port: actual } = server.address() as AddressInfo
      const name = host.includes(':') ? `[${host}]` : host
      resolve({ url: `http://${name}:${actual}`, stop: (graceMs = GRACE_MS) => closeGracefully(server, graceMs) })
    })
  })
}
