import { type Counters, windowAt } from '../../platform/limits/counters.js'

/** Counts tries per key within a window of time. */
export interface TryLimiter {
  /** Counts one try; `false` when the key has used up its tries. Counting comes first, so parallel tries share one allowance. */
  take(key: string): Promise<boolean>
  /** Takes one counted try back: it was no failure. */
  giveBack(key: string): Promise<void>
  /** Forgets the key's failures. */
  forget(key: string): Promise<void>
}

/**
 * A limiter on counters, which several processes may share.
 *
 * @param options.name tells its keys from those of other limiters
 * @param options.tries allowed within one window
 * @param options.windowMs length of a window
 * @throws whatever the counters do when they cannot count: a try that cannot be counted is no try
 */
export function createTryLimiter(options: {
  name: string
  tries: number
  windowMs: number
  counters: Counters
  now: () => Date
}): TryLimiter {
  const { counters } = options
  const keyOf = (key: string) => `${options.name} ${key}`
  const window = () => windowAt(options.now(), options.windowMs)
  return {
    take: async (key) => (await counters.add(keyOf(key), window())) <= options.tries,
    giveBack: (key) => counters.takeBack(keyOf(key), window()),
    forget: (key) => counters.forget(keyOf(key), window()),
  }
}
