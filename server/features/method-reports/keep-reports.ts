/** How long a result may be shown to others: so many times as long as it took, so that computing takes a tenth of the time at most. */
const REUSE_FACTOR = 10
/** Results kept; the one unused for longest goes first. */
const MOST_KEPT = 24

interface Kept<Result> {
  readonly state: string
  readonly result: Result
  readonly at: number
  readonly tookMs: number
}

/** Gives the result of a key, computed only where the one kept is out of date. */
export type KeptReports<Result> = (key: string, state: string, compute: () => Promise<Result>) => Promise<Result>

/**
 * Keeps results by key and state. A result of the same state is given again; one of an earlier state only for ten times as long
 * as it took, so that a wave with constant intake is not computed for each reader. Readers together share one run.
 */
export function keepReports<Result>(now: () => Date): KeptReports<Result> {
  const kept = new Map<string, Kept<Result>>()
  const running = new Map<string, Promise<unknown>>()

  async function run(key: string, state: string, compute: () => Promise<Result>): Promise<Result> {
    const started = now().getTime()
    const result = await compute()
    const at = now().getTime()
    kept.delete(key)
    kept.set(key, { state, result, at, tookMs: at - started })
    for (const oldest of [...kept.keys()].slice(0, Math.max(0, kept.size - MOST_KEPT))) kept.delete(oldest)
    return result
  }

  const isGood = (one: Kept<Result>, state: string) =>
    one.state === state || now().getTime() - one.at < REUSE_FACTOR * one.tookMs

  return async function give(key, state, compute): Promise<Result> {
    for (;;) {
      const known = kept.get(key)
      if (known !== undefined && isGood(known, state)) {
        kept.delete(key)
        kept.set(key, known)
        return known.result
      }
      const others = running.get(key)
      if (others === undefined) break
      // Whether their result will do is asked again; their failure is theirs.
      await others.catch(() => undefined)
    }
    const own = run(key, state, compute).finally(() => running.delete(key))
    running.set(key, own)
    return own
  }
}
