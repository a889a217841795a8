import { createServer } from 'node:net'

function tryPort(port: number, host: string): Promise<number | undefined> {
  const probe = createServer()
  return new Promise((resolve, reject) => {
    probe.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' || error.code === 'EACCES' ? resolve(undefined) : reject(error),
    )
    probe.listen(port, host, () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : undefined))
    })
  })
}

/**
 * The wished port if nobody holds it, else any free one.
 *
 * @param wished 0 to 65535; 0 takes a free one
 */
export async function freePort(wished: number, host: string): Promise<number> {
  const port = (await tryPort(wished, host)) ?? (await tryPort(0, host))
  if (port === undefined) throw new Error(`No free port on ${host}`)
  return port
}
