/** What is made faster than this is never given when it is out of date. */
const COSTLY_MS = 1000
/** So many times as long as making it took, something costly is given without a look at its state. */
const REUSE_FACTOR = 10
const LONGEST_REUSE_MS = 120_000

interface Kept<Result> {
  readonly state: string
  readonly result: Result
  readonly tookMs: number
  /** When the state was last found to be that one. */
  checkedAt: number
}

/** Something to keep: the state that it follows from, and how to make it. */
export interface Making<Result> {
  readonly state: string
  readonly make: () => Promise<Result>
}

/**
 * Keeps what was made for a key until its state changes; what took a second or more, also for ten times as long as it took (two
 * minutes at most), so that under steady change making takes a tenth of the time.
 *
 * Callers who find the same state share one making. The results least lately asked for are dropped above the limit; a failure is
 * not kept.
 *
 * @param now milliseconds of a clock that never goes back
 */
export function keepForAWhile<Result>(limit: number, now: () => number = () => performance.now()) {
  const kept = new Map<string, Kept<Result>>()
  const running = new Map<string, Promise<Result>>()

  function isFresh({ tookMs, checkedAt }: Kept<Result>): boolean {
    return tookMs >= COSTLY_MS && now() - checkedAt < Math.min(LONGEST_REUSE_MS, REUSE_FACTOR * tookMs)
  }

  async function makeAndKeep(key: string, { state, make }: Making<Result>): Promise<Result> {
    const startedAt = now()
    const result = await make()
    kept.delete(key)
    kept.set(key, { state, result, tookMs: now() - startedAt, checkedAt: now() })
    for (const oldest of [...kept.keys()].slice(0, Math.max(0, kept.size - limit))) kept.delete(oldest)
    return result
  }

  return async (key: string, prepare: () => Promise<Making<Result>>): Promise<Result> => {
    const known = kept.get(key)
    if (known !== undefined) {
      kept.delete(key)
      kept.set(key, known)
      if (isFresh(known)) return known.result
    }
    const making = await prepare()
    const same = kept.get(key)
    if (same?.state === making.state) {
      same.checkedAt = now()
      return same.result
    }
    const run = JSON.stringify([key, making.state])
    const shared = running.get(run) ?? makeAndKeep(key, making).finally(() => running.delete(run))
    running.set(run, shared)
    return shared
  }
}
