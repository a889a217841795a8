import { setTimeout as sleep } from 'node:timers/promises'

/** How the watch asks. */
export interface DriverWatch {
  /** Asks over the connections that all use. */
  ping(): Promise<unknown>
  /** Asks over a connection made for it alone. */
  pingAfresh(): Promise<unknown>
  readonly everyMs: number
  /** A ping that takes longer has failed. */
  readonly limitMs: number
}

/** So many pings in a row must fail before the driver is doubted. */
const FAILURES = 3

/**
 * Notices a driver that no longer finds a database which others find.
 *
 * Seen with mongodb 7.8: a server closes a connection in the moment in which the driver's monitor writes to it; the monitor waits
 * for that write for ever, and every operation fails until the process ends.
 *
 * @returns a promise that is rejected then, and pending otherwise; and the end of the watch
 */
export function watchDriver({ ping, pingAfresh, everyMs, limitMs }: DriverWatch) {
  const stopping = new AbortController()
  async function answers(asked: Promise<unknown>): Promise<boolean> {
    const inTime = new AbortController()
    const late = sleep(limitMs, false, { signal: inTime.signal, ref: false }).catch(() => false)
    const answer = asked.then(
      () => true,
      () => false,
    )
    return Promise.race([answer, late]).finally(() => inTime.abort())
  }

  async function watch(): Promise<void> {
    let failures = 0
    while (!stopping.signal.aborted) {
      await sleep(everyMs, undefined, { signal: stopping.signal, ref: false }).catch(() => {})
      failures = (await answers(ping())) ? 0 : failures + 1
      if (failures < FAILURES || !(await answers(pingAfresh())) || (await answers(ping()))) continue
      if (!stopping.signal.aborted) throw new Error('The driver does not find the database, which answers others')
    }
  }

  const lost = new Promise<void>((_, reject) => {
    watch().catch(reject)
  })
  // A command that does not look at it must not fail by it.
  lost.catch(() => {})
  return { lost, stop: () => stopping.abort() }
}
