import type { RequestListener } from 'node:http'
import type { Metrics } from './metrics.js'

/** Answers `GET /metrics` and nothing else; for a port of its own, away from citizens. */
export function metricsListener(metrics: Pick<Metrics, 'text' | 'contentType'>): RequestListener {
  return (req, res) => {
    if (req.method !== 'GET' || req.url?.split('?')[0] !== '/metrics') {
      res.writeHead(404, { 'Content-Type': 'text/plain' }).end('GET /metrics\n')
      return
    }
    metrics.text().then(
      (text) => res.writeHead(200, { 'Content-Type': metrics.contentType }).end(text),
      () => res.writeHead(500).end(),
    )
  }
}
