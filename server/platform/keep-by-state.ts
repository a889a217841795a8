/**
 * Keeps what was made for a key until the state that it was made from changes; callers meanwhile share one making.
 *
 * The results least lately asked for are dropped above the limit. A failure is not kept.
 */
export function keepByState<Result>(limit: number) {
  const kept = new Map<string, { readonly state: string | number; readonly result: Promise<Result> }>()
  return (key: string, state: string | number, make: () => Promise<Result>): Promise<Result> => {
    const known = kept.get(key)
    kept.delete(key)
    const entry = known?.state === state ? known : { state, result: make() }
    kept.set(key, entry)
    if (entry !== known) {
      entry.result.catch(() => {
        if (kept.get(key) === entry) kept.delete(key)
      })
    }
    for (const oldest of kept.keys()) {
      if (kept.size <= limit) break
      kept.delete(oldest)
    }
    return entry.result
  }
}

/** Lets tasks run one after the other, in the order they came, so that a burst of readers does not read the database at once. */
export function oneAtATime() {
  let last: Promise<unknown> = Promise.resolve()
  return <Result>(task: () => Promise<Result>): Promise<Result> => {
    const run = last.then(task)
    last = run.catch(() => {})
    return run
  }
}
