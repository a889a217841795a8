import type { Request, RequestHandler } from 'express'
import type { Metrics } from '../metrics/metrics.js'

const NS_PER_SECOND = 1e9

/**
 * The template of the route that answered (`/reports/:id`): a path as it was typed would make a label of each unit.
 *
 * @returns `assets` for files, `none` where no route matched
 */
function routeOf(req: Request): string {
  if (req.originalUrl.startsWith('/assets/')) return 'assets'
  const path: unknown = req.route?.path
  return typeof path === 'string' ? `${req.baseUrl}${path}` : 'none'
}

/**
 * Measures every request and logs those that take long, by route template alone.
 *
 * @param slowMs a request that takes longer gets a line at level `warn`
 */
export function requestMeter(metrics: Pick<Metrics, 'answered'>, slowMs: number): RequestHandler {
  return (req, res, next) => {
    const startedAt = process.hrtime.bigint()
    res.once('close', () => {
      const seconds = Number(process.hrtime.bigint() - startedAt) / NS_PER_SECOND
      const { method } = req
      const route = routeOf(req)
      metrics.answered({ method, route, status: res.statusCode, seconds })
      const ms = Math.round(seconds * 1000)
      if (ms > slowMs) req.log.warn({ method, route, status: res.statusCode, ms }, 'slow request')
    })
    next()
  }
}
