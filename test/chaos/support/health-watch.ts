/** Asks the health endpoints all the time and holds what they say against what the run knows to be true. */
import { setTimeout as sleep } from 'node:timers/promises'

const PATHS = { live: '/health/live', ready: '/health/ready' } as const
const EVERY_MS = 120
const LIMIT_MS = 20_000
/** A server may say that its database did not answer in 2 s, if it took that long to say so: on a busy machine that is true. */
const OWN_LIMIT_MS = 1900

export type Endpoint = keyof typeof PATHS

/** One answer: 0 where nobody answered. Times in milliseconds of one clock that never goes back. */
export interface Sample {
  readonly server: number
  readonly endpoint: Endpoint
  readonly fromMs: number
  readonly toMs: number
  readonly status: number
}

/** What may be answered in a stretch of time; `null`: a change is under way, either is true. */
export interface Truth {
  readonly server: number
  readonly fromMs: number
  readonly toMs: number
  readonly allowed: Readonly<Record<Endpoint, readonly number[]>> | null
}

/** The samples that lie: begun and ended within one truth, and not allowed by it. */
export function liesIn(samples: readonly Sample[], truths: readonly Truth[]): readonly Sample[] {
  return samples.filter(({ server, endpoint, fromMs, toMs, status }) => {
    if (endpoint === 'ready' && status === 503 && toMs - fromMs >= OWN_LIMIT_MS) return false
    const truth = truths.find((one) => one.server === server && one.fromMs <= fromMs && toMs <= one.toMs)
    return truth?.allowed ? !truth.allowed[endpoint].includes(status) : false
  })
}

export const UP = { live: [200], ready: [200] }
export const DOWN = { live: [0], ready: [0] }
export const STARTING = { live: [0, 200], ready: [0, 503, 200] }
export const WITHOUT_DATABASE = { live: [200], ready: [503] }
export const ENDING = { live: [0, 200], ready: [0, 503] }

/** Watches servers by address. */
export function watchHealth(urls: readonly string[]) {
  const samples: Sample[] = []
  const truths: Truth[] = []
  const open = new Map<number, Omit<Truth, 'toMs'>>()
  let isDone = false

  async function ask(server: number, endpoint: Endpoint): Promise<void> {
    const fromMs = performance.now()
    const status = await fetch(`${urls[server]}${PATHS[endpoint]}`, {
      headers: { connection: 'close' },
      signal: AbortSignal.timeout(LIMIT_MS),
    }).then(
      async (answer) => {
        await answer.text()
        return answer.status
      },
      (error: Error) => (error.name === 'TimeoutError' ? -1 : 0),
    )
    samples.push({ server, endpoint, fromMs, toMs: performance.now(), status })
  }
  async function askAlways(server: number, endpoint: Endpoint): Promise<void> {
    while (!isDone) {
      await ask(server, endpoint)
      await sleep(EVERY_MS)
    }
  }
  function expect(server: number, allowed: Truth['allowed']): void {
    const at = performance.now()
    const last = open.get(server)
    if (last) truths.push({ ...last, toMs: at })
    open.set(server, { server, fromMs: at, allowed })
  }
  const asking = urls.flatMap((_, server) => [askAlways(server, 'live'), askAlways(server, 'ready')])
  return {
    /** From now on this is true of a server. */
    expect,
    /** Ends the watch. */
    async stop() {
      for (const server of open.keys()) expect(server, null)
      isDone = true
      await Promise.all(asking)
      return { samples: samples.length, lies: liesIn(samples, truths) }
    },
  }
}

export type HealthWatch = ReturnType<typeof watchHealth>
