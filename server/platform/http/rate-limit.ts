import type { RequestHandler } from 'express'
import { rateLimit, type Store } from 'express-rate-limit'
import { type Counters, windowAt } from '../limits/counters.js'
import { problem } from '../problem.js'

const MINUTE_MS = 60_000

/** What a limit counts with. */
export interface CountedLimit {
  /** Shared by all processes that serve the city. */
  readonly counters: Counters
  /** Tells this limit from others on the same counters. */
  readonly name: string
  readonly now: () => Date
}

/** The counters as the package wants them; it reckons by the machine's own clock. */
function storeOf({ counters, name, now }: CountedLimit): Store {
  const keyOf = (address: string) => `${name} ${address}`
  const window = () => windowAt(now(), MINUTE_MS)
  return {
    async increment(address) {
      const current = window()
      const leftMs = current.endsAt.getTime() - now().getTime()
      const resetTime = new Date(Date.now() + leftMs)
      return { totalHits: await counters.add(keyOf(address), current), resetTime }
    },
    decrement: (address) => counters.takeBack(keyOf(address), window()),
    resetKey: (address) => counters.forget(keyOf(address), window()),
  }
}

/**
 * A brake on floods from one address; use one instance for all doors to the same thing.
 *
 * IPv6 addresses count by their /56, the usual share of one connection. A refused request carries `Retry-After`, in seconds.
 * Where the counters cannot be asked, the request fails as they do: without the database nothing behind it would work.
 *
 * @param perMinute requests per address and minute; an office of many people may share one address
 */
export function limitPerAddress(perMinute: number, counted: CountedLimit): RequestHandler {
  return rateLimit({
    windowMs: MINUTE_MS,
    limit: perMinute,
    standardHeaders: 'draft-7',
    legacyHeaders: false,
    store: storeOf(counted),
    // A forwarding header that no trusted proxy set is not looked at, and no reason for a warning per process.
    validate: { xForwardedForHeader: false },
    handler: (_req, _res, next) => next(problem.tooManyRequests()),
  })
}
