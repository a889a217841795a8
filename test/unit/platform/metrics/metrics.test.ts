import { expect } from 'chai'
import { createMetrics } from '../../../../server/platform/metrics/metrics.js'

/** Metrics under a clock of the test's own, and one sample of theirs by its whole name with labels. */
function measured() {
  let now = 0
  const metrics = createMetrics(() => now)
  return {
    metrics,
    at: (ms: number) => {
      now = ms
    },
    async sample(name: string): Promise<number | undefined> {
      const line = (await metrics.text()).split('\n').find((one) => one.startsWith(`${name} `))
      return line === undefined ? undefined : Number(line.slice(name.length))
    },
  }
}

describe('measurements of the process', () => {
  it('count requests by method, route template and status', async () => {
    const { metrics, sample } = measured()
    metrics.answered({ method: 'GET', route: '/reports/:id', status: 200, seconds: 0.04 })
    metrics.answered({ method: 'GET', route: '/reports/:id', status: 200, seconds: 0.06 })
    const labels = 'method="GET",route="/reports/:id",status="200"'
    expect(await sample(`hai_long_http_request_duration_seconds_count{${labels}}`)).to.equal(2)
    expect(await sample(`hai_long_http_request_duration_seconds_bucket{le="0.05",${labels}}`)).to.equal(1)
    expect(await sample(`hai_long_http_request_duration_seconds_sum{${labels}}`)).to.be.closeTo(0.1, 1e-12)
  })

  it('count cases by outcome and name neither unit nor wave anywhere', async () => {
    const { metrics, sample } = measured()
    metrics.taken('stored')
    metrics.taken('stored')
    metrics.taken('invalid')
    metrics.marked('2026-web-citizen')
    metrics.foldedSince('2026-web-citizen')()
    expect(await sample('hai_long_intake_total{outcome="stored"}')).to.equal(2)
    expect(await sample('hai_long_intake_total{outcome="invalid"}')).to.equal(1)
    expect(await metrics.text()).not.to.include('2026-web-citizen')
  })

  it('add up what the embedded engine has put on disk', async () => {
    const { metrics, sample } = measured()
    expect(await sample('hai_long_engine_flushes_total')).to.equal(0)
    metrics.flushed({ writes: 30, seconds: 0.25 })
    metrics.flushed({ writes: 1, seconds: 0.5 })
    expect(await sample('hai_long_engine_flushes_total')).to.equal(2)
    expect(await sample('hai_long_engine_writes_total')).to.equal(31)
    expect(await sample('hai_long_engine_flush_seconds_total')).to.equal(0.75)
  })

  it('say how long the oldest response has waited to be counted', async () => {
    const { metrics, at, sample } = measured()
    const lag = () => sample('hai_long_tally_fold_lag_seconds')
    expect(await lag()).to.equal(0)
    at(1000)
    metrics.marked('a')
    at(3000)
    metrics.marked('b')
    at(5000)
    expect(await lag(), 'oldest of both waves').to.equal(4)
    const settle = metrics.foldedSince('a')
    at(6000)
    settle()
    expect(await lag(), 'wave b alone').to.equal(3)
    expect(await sample('hai_long_tally_fold_duration_seconds_sum')).to.equal(1)
  })

  it('leave a response marked during a fold waiting for the next one', async () => {
    const { metrics, at, sample } = measured()
    metrics.marked('a')
    at(10_000)
    const settle = metrics.foldedSince('a')
    at(12_000)
    metrics.marked('a')
    at(15_000)
    settle()
    // The second mark may not be counted; it is at most as old as the fold: 15 s - 10 s.
    expect(await sample('hai_long_tally_fold_lag_seconds')).to.equal(5)
  })

  it('show memory, processor and event-loop delay once the process is watched', async () => {
    const { metrics } = measured()
    expect(await metrics.text()).not.to.include('eventloop_lag')
    metrics.watchProcess()
    const text = await metrics.text()
    for (const name of [
      'nodejs_eventloop_lag_p99_seconds',
      'process_resident_memory_bytes',
      'process_cpu_seconds_total',
    ]) {
      expect(text).to.include(`hai_long_${name} `)
    }
  })
})
