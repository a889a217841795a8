/** How long something is given though its state may have changed. */
export interface Reuse {
  /** Only what took as long to make. */
  readonly costlyMs: number
  /** Never for longer. */
  readonly longestMs: number
}

/** Something to keep: the state that it follows from, and how to make it. */
export interface Making<Result> {
  readonly state: string
  readonly make: () => Promise<Result>
}

/** So many times as long as making it took, something costly is given without a look at its state. */
const REUSE_FACTOR = 10

interface Kept<Result> {
  readonly state: string
  readonly result: Result
  readonly tookMs: number
  /** When the state was last found to be that one. */
  checkedAt: number
}

/**
 * Keeps what was made for a key until its state changes; what was costly also for ten times as long as it took, so that under
 * steady change making takes a tenth of the time.
 *
 * For one key one making runs at a time; callers meanwhile wait, and take what it made if that is good for them. The results least
 * lately asked for are dropped above the limit; a failure is its caller's own and not kept.
 *
 * @param now milliseconds
 */
export function keepForAWhile<Result>(limit: number, { costlyMs, longestMs }: Reuse, now: () => number) {
  const kept = new Map<string, Kept<Result>>()
  const running = new Map<string, Promise<unknown>>()

  const isFresh = ({ tookMs, checkedAt }: Kept<Result>) =>
    tookMs >= costlyMs && now() - checkedAt < Math.min(longestMs, REUSE_FACTOR * tookMs)

  /** What is kept for a key, as the latest asked for. */
  function find(key: string): Kept<Result> | undefined {
    const known = kept.get(key)
    if (known === undefined) return undefined
    kept.delete(key)
    kept.set(key, known)
    return known
  }

  async function makeAndKeep(key: string, { state, make }: Making<Result>): Promise<Result> {
    const startedAt = now()
    const result = await make()
    const checkedAt = now()
    kept.delete(key)
    kept.set(key, { state, result, tookMs: checkedAt - startedAt, checkedAt })
    for (const oldest of [...kept.keys()].slice(0, Math.max(0, kept.size - limit))) kept.delete(oldest)
    return result
  }

  return async (key: string, prepare: () => Promise<Making<Result>>): Promise<Result> => {
    const first = find(key)
    if (first !== undefined && isFresh(first)) return first.result
    const making = await prepare()
    for (;;) {
      const known = find(key)
      if (known?.state === making.state) {
        known.checkedAt = now()
        return known.result
      }
      if (known !== undefined && isFresh(known)) return known.result
      const other = running.get(key)
      if (other === undefined) break
      await other.catch(() => undefined)
    }
    const own = makeAndKeep(key, making).finally(() => running.delete(key))
    running.set(key, own)
    return own
  }
}
