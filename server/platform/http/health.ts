import type { Router } from 'express'
import { createRoutes } from './routes.js'

/** Whether the process can serve: asked by load balancers, never by people. */
export interface Health {
  /** Rejects or stalls when the database is away. */
  ping(): Promise<unknown>
  isStopping(): boolean
}

const PING_TIMEOUT_MS = 2000

async function answersInTime(ping: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), PING_TIMEOUT_MS)
  })
  const inTime = ping.then(
    () => true,
    () => false,
  )
  return Promise.race([inTime, late]).finally(() => clearTimeout(timer))
}

/** `/health/live`: the process runs. `/health/ready`: it may be sent requests. */
export function healthRoutes(health: Health): Router {
  const { router, get } = createRoutes()
  get('/health/live', 'public', (_req, res) => {
    res.set('Cache-Control', 'no-store').json({ status: 'live' })
  })
  get('/health/ready', 'public', async (_req, res) => {
    const isReady = !health.isStopping() && (await answersInTime(health.ping()))
    res
      .status(isReady ? 200 : 503)
      .set('Cache-Control', 'no-store')
      .json({ status: isReady ? 'ready' : 'not_ready' })
  })
  return router
}
