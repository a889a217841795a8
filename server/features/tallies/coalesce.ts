/**
 * Lets callers with the same key share work without being served stale results.
 *
 * A call that comes while the work runs may not take its result, since it began too early; all such calls share one
 * next run.
 */
export function coalesce<Result>(work: (key: string) => Promise<Result>): (key: string) => Promise<Result> {
  const running = new Map<string, Promise<unknown>>()
  const waiting = new Map<string, Promise<Result>>()

  function start(key: string): Promise<Result> {
    waiting.delete(key)
    const run = work(key).finally(() => {
      if (running.get(key) === run) running.delete(key)
    })
    running.set(key, run)
    return run
  }

  return (key) => {
    const current = running.get(key)
    if (current === undefined) return start(key)
    const next =
      waiting.get(key) ??
      current.then(
        () => start(key),
        () => start(key),
      )
    waiting.set(key, next)
    return next
  }
}
