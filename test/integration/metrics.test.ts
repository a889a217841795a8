import { expect } from 'chai'
import { listen } from '../../server/platform/http/listen.js'
import { requestMeter } from '../../server/platform/http/request-meter.js'
import { createRoutes } from '../../server/platform/http/routes.js'
import { createMetrics } from '../../server/platform/metrics/metrics.js'
import { metricsListener } from '../../server/platform/metrics/metrics-listener.js'
import { startBareApp } from '../support/bare-app.js'
import { type SurveyApp, startSurveyApp } from '../support/survey-app.js'

const SLOW_MS = 700
const METRICS_PLACE = { host: '127.0.0.1', port: 0 }

/** The application with one quick and one slow route, and its measurements on a port of their own. */
async function startMeasured(slowMs: number) {
  const metrics = createMetrics(() => performance.now())
  const pages = createRoutes()
  pages.get('/units/:uid', 'public', (_req, res) => void res.send('quick'))
  pages.get('/slow/:uid', 'public', (_req, res) => void setTimeout(() => res.send('slow'), slowMs + 20))
  const app = await startBareApp(pages.router, { requestMeter: requestMeter(metrics, slowMs) })
  const shown = await listen(metricsListener(metrics), METRICS_PLACE)
  const text = async () => (await fetch(`${shown.url}/metrics`)).text()
  return { app, shown, text, stop: () => Promise.all([app.stop(), shown.stop()]) }
}

describe('measurements of requests', () => {
  let started: Awaited<ReturnType<typeof startMeasured>>
  beforeEach(async () => {
    // Far more than a quick request takes on a busy machine.
    started = await startMeasured(SLOW_MS)
  })
  afterEach(() => started.stop())

  it('name the template of a route, never what somebody typed', async () => {
    const { app, text } = started
    await fetch(`${app.url}/units/p-ben-thanh?q=secret`)
    await fetch(`${app.url}/nowhere/p-ben-thanh`)
    await fetch(`${app.url}/assets/site.css`)
    const shown = await text()
    expect(shown).to.include('method="GET",route="/units/:uid",status="200"')
    expect(shown).to.include('route="none",status="404"')
    expect(shown).to.include('route="assets",status="200"')
    expect(shown).not.to.match(/p-ben-thanh|secret/)
  })

  it('log a slow request by its template, and a quick one not', async () => {
    const { app } = started
    await fetch(`${app.url}/units/p-ben-thanh`)
    await fetch(`${app.url}/slow/p-ben-thanh?q=secret`)
    const slow = app.logLines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'slow request')
    expect(slow.map(({ route, status }) => ({ route, status }))).to.deep.equal([{ route: '/slow/:uid', status: 200 }])
    expect(slow[0].ms).to.be.greaterThan(SLOW_MS)
    expect(JSON.stringify(slow)).not.to.include('secret')
  })

  it('are not to be had on the port of the citizens, and their port serves nothing else', async () => {
    const { app, shown } = started
    expect((await fetch(`${app.url}/metrics`)).status).to.equal(404)
    const others = await Promise.all([
      fetch(`${shown.url}/`),
      fetch(`${shown.url}/metrics`, { method: 'POST' }),
      fetch(`${shown.url}/metrics/../reports`),
    ])
    expect(others.map(({ status }) => status)).to.deep.equal([404, 404, 404])
    expect((await fetch(`${shown.url}/metrics`)).headers.get('content-type')).to.match(/^text\/plain; version=0\.0\.4/)
  })
})

describe('measurements of intake', () => {
  let app: SurveyApp
  const outcomes: string[] = []
  before(async () => {
    app = await startSurveyApp({ observeOutcome: (kind) => void outcomes.push(kind) })
  })
  after(() => app.stop())

  it('hear of each case that was sent in and what became of it', async () => {
    const send = (changes: object) =>
      fetch(`${app.url}/api/v1/responses`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          submissionId: '0b8f6a7e-7c1d-4a52-9a3a-1f3f0a8f2f10',
          wave: '2026-web-citizen',
          unit: 'phuong-sai-gon',
          service: 'HT',
          language: 'en',
          transactionOn: '2026-01',
          startedAt: '2026-02-10T11:58:00+07:00',
          consent: { given: true, version: '2026-01' },
          answers: { S2: 1990, S3: 1, C1: 4, C2: 5, E0: 1, E3: 96, H6: [2, 1], H7: 'Góp ý riêng' },
          ...changes,
        }),
      })
    await send({})
    await send({})
    await send({ submissionId: '0b8f6a7e-7c1d-4a52-9a3a-1f3f0a8f2f11', wave: 'no-such-wave' })
    expect(outcomes).to.deep.equal(['stored', 'repeated', 'unknown'])
  })
})
