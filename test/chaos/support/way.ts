/** A way to the database that can be cut: between servers that do not know and a database that does not either. */
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type NetConnectOpts, type Socket } from 'node:net'

/** `pass`: as if it were not there; `refuse`: every connection is reset; `silent`: connections stay open and nothing goes through. */
export type WayMode = 'pass' | 'refuse' | 'silent'

export interface Way {
  readonly port: number
  set(mode: WayMode): void
  close(): Promise<void>
}

/** Starts a way on the loopback address, in mode `pass`. */
export async function startWay(target: NetConnectOpts): Promise<Way> {
  let mode: WayMode = 'pass'
  const sockets = new Set<Socket>()
  const keep = (socket: Socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
  }
  const server = createServer((near) => {
    keep(near)
    if (mode === 'refuse') return void near.resetAndDestroy()
    const far = connect(target)
    keep(far)
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on('data', (chunk) => {
        if (mode !== 'silent') to.write(chunk)
      })
      from.on('close', () => to.destroy())
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    set(next) {
      // Whatever went through silence has lost bytes: like a firewall that restarted, it starts anew.
      const mustCut = next === 'refuse' || mode === 'silent'
      mode = next
      if (mustCut) for (const socket of sockets) socket.destroy()
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
