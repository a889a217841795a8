import type { RequestHandler } from 'express'
import { rateLimit } from 'express-rate-limit'
import { problem } from '../problem.js'

const MINUTE_MS = 60_000

/**
 * A brake on floods from one address, counted in this process; use one instance for all doors to the same thing.
 *
 * Addresses are forgotten after a minute. IPv6 addresses count by their /56, the usual share of one connection.
 * A refused request carries `Retry-After`, in seconds.
 *
 * @param perMinute requests per address and minute; an office of many people may share one address
 */
export function limitPerAddress(perMinute: number): RequestHandler {
  return rateLimit({
    windowMs: MINUTE_MS,
    limit: perMinute,
    standardHeaders: 'draft-7',
    legacyHeaders: false,
    // A forwarding header that no trusted proxy set is not looked at, and no reason for a warning per process.
    validate: { xForwardedForHeader: false },
    handler: (_req, _res, next) => next(problem.tooManyRequests()),
  })
}
