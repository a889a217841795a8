/** Counts tries per key within a stretch of time that begins with the first try. */
export interface TryLimiter {
  /** Counts one try; `false` when the key has used up its tries. Counting comes first, so parallel tries share one allowance. */
  take(key: string): boolean
  /** Takes one counted try back: it was no failure. */
  giveBack(key: string): void
  /** Forgets the key's failures. */
  forget(key: string): void
}

/** A flood of keys may not eat the memory: the oldest are dropped beyond this many. */
const MAX_KEYS = 50_000

/**
 * A limiter in the memory of this process: several processes allow several times as many tries.
 *
 * @param options.tries allowed within one window
 * @param options.windowMs length of a window
 */
export function createTryLimiter(options: { tries: number; windowMs: number; now: () => Date }): TryLimiter {
  const windows = new Map<string, { count: number; endsAt: number }>()

  const open = (key: string) => {
    const at = options.now().getTime()
    const known = windows.get(key)
    if (known && known.endsAt > at) return known
    windows.delete(key)
    const fresh = { count: 0, endsAt: at + options.windowMs }
    windows.set(key, fresh)
    // Keys stand in the order of their windows' beginning, so the first one ends first.
    for (const [oldest, { endsAt }] of windows) {
      if (endsAt > at && windows.size <= MAX_KEYS) break
      windows.delete(oldest)
    }
    return fresh
  }

  return {
    take(key) {
      const window = open(key)
      if (window.count >= options.tries) return false
      window.count += 1
      return true
    },
    giveBack(key) {
      const window = windows.get(key)
      if (window && window.count > 0) window.count -= 1
    },
    forget: (key) => void windows.delete(key),
  }
}
