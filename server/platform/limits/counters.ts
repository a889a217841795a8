/** A stretch of time in which something is counted. All processes cut time at the same instants, so they speak of the same one. */
export interface CountWindow {
  /** Which one since 1970. */
  readonly number: number
  readonly lengthMs: number
  readonly endsAt: Date
}

/** The window that an instant lies in. @param lengthMs length of every window, from 1970 on */
export function windowAt(instant: Date, lengthMs: number): CountWindow {
  const number = Math.floor(instant.getTime() / lengthMs)
  return { number, lengthMs, endsAt: new Date((number + 1) * lengthMs) }
}

/** Counts by key and window. */
export interface Counters {
  /**
   * Adds one.
   *
   * @returns how many there are now, this one included; never too few when several add at once
   */
  add(key: string, window: CountWindow): Promise<number>
  /** Takes one back: it should not have counted. */
  takeBack(key: string, window: CountWindow): Promise<void>
  /** Forgets what was counted. */
  forget(key: string, window: CountWindow): Promise<void>
}

/** A flood of keys may not eat the memory: the oldest are dropped beyond this many. */
const MAX_KEYS = 50_000

/** Counters in the memory of this process: right where no other process serves the same city. */
export function memoryCounters(): Counters {
  const counts = new Map<string, number>()
  const idOf = (key: string, { number }: CountWindow) => `${number} ${key}`

  function makeRoom(): void {
    if (counts.size <= MAX_KEYS) return
    // Keys stand in the order in which they came: those of windows long over go first.
    for (const oldest of counts.keys()) {
      counts.delete(oldest)
      if (counts.size <= MAX_KEYS / 2) break
    }
  }

  return {
    async add(key, window) {
      const id = idOf(key, window)
      const count = (counts.get(id) ?? 0) + 1
      counts.set(id, count)
      makeRoom()
      return count
    },
    async takeBack(key, window) {
      const id = idOf(key, window)
      const count = counts.get(id) ?? 0
      if (count > 0) counts.set(id, count - 1)
    },
    async forget(key, window) {
      counts.delete(idOf(key, window))
    },
  }
}
