import { setTimeout as sleep } from 'node:timers/promises'
import { problem } from './problem.js'

/** Rejects when the time is over. */
const inVain = (limitMs: number, signal: AbortSignal): Promise<never> =>
  sleep(limitMs, undefined, { signal }).then(() => {
    throw problem.notReady()
  })

/**
 * Gathers what callers hand in while a piece of work is under way, and does it together next.
 *
 * One at a time a call costs what it did; of many at once, each costs a part of one. Nobody waits for company.
 *
 * @param work does several at once and tells of each, in order, what came of it, an `Error` where it failed; if it rejects as a
 * whole, or tells of fewer, nobody is told that his was done
 * @param options.most values done together
 * @param options.limitMs when it takes longer, those who handed in are told so, and the next go on: it may still be done
 */
export function createBatcher<Value, Result>(
  work: (values: readonly Value[]) => Promise<readonly (Result | Error)[]>,
  { most = 200, limitMs = 20_000 } = {},
): (value: Value) => Promise<Result> {
  interface Waiting {
    readonly value: Value
    readonly resolve: (result: Result) => void
    readonly reject: (error: unknown) => void
  }
  let waiting: Waiting[] = []
  let isRunning = false

  async function settle(batch: readonly Waiting[]): Promise<void> {
    const late = new AbortController()
    try {
      const results = await Promise.race([work(batch.map(({ value }) => value)), inVain(limitMs, late.signal)])
      if (results.length !== batch.length) throw new Error(`${results.length} results of ${batch.length} values`)
      for (const [i, { resolve, reject }] of batch.entries()) {
        const result = results[i] as Result | Error
        if (result instanceof Error) reject(result)
        else resolve(result)
      }
    } catch (error) {
      for (const { reject } of batch) reject(error)
    } finally {
      late.abort()
    }
  }

  async function run(): Promise<void> {
    isRunning = true
    while (waiting.length > 0) {
      const batch = waiting.slice(0, most)
      waiting = waiting.slice(most)
      await settle(batch)
    }
    isRunning = false
  }

  return (value) =>
    new Promise((resolve, reject) => {
      waiting.push({ value, resolve, reject })
      // After this turn of the event loop, so that requests that came in together go together.
      if (!isRunning) {
        isRunning = true
        setImmediate(() => void run())
      }
    })
}
