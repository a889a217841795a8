/** Measures the analysis of a wave over simulated responses on the embedded engine, in the server's own process. */
import { cpus } from 'node:os'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import { simulateWave } from '../../scripts/simulate/index.js'
import type { NewResponse } from '../../server/domain/survey/response.js'
import type { Wave } from '../../server/domain/survey/wave.js'
import { makeGetWaveAnalysis } from '../../server/features/wave-analysis/index.js'
import { CITY } from '../support/builders.js'
import { openWave } from '../support/open-wave.js'
import { startApp, type TestApp } from '../support/start-app.js'

const DEFAULT_RESPONSES = 200_000
const BATCH = 2_000
const MB = 1024 * 1024

/** Stores as many simulated responses, spread evenly over the units of the wave. */
async function fill(app: TestApp, wave: Wave, responses: number): Promise<number> {
  const published = app.published.find(({ hash }) => hash === wave.questionnaireHash)
  if (!published) throw new Error(`No questionnaire for ${wave.id}`)
  const counts = new Map(wave.unitUids.map((uid) => [uid, Math.ceil(responses / wave.unitUids.length)]))
  const { registry, services } = app
  const input = { seed: 'bench', wave, published, counts, until: '2026-11-22', registry, services }
  let batch: NewResponse[] = []
  let stored = 0
  for (const response of simulateWave(input)) {
    batch.push(response)
    if (batch.length < BATCH) continue
    stored += await app.responses.insertBatch(batch)
    batch = []
  }
  return stored + (await app.responses.insertBatch(batch))
}

/** Time of a task, the longest stretch in which the process could do nothing else, and the most memory in use meanwhile. */
async function measure(task: () => Promise<unknown>) {
  const delay = monitorEventLoopDelay({ resolution: 5 })
  let heap = 0
  const watch = setInterval(() => {
    heap = Math.max(heap, process.memoryUsage().heapUsed)
  }, 50)
  delay.enable()
  const start = performance.now()
  await task()
  const ms = performance.now() - start
  delay.disable()
  clearInterval(watch)
  return { ms: Math.round(ms), longestBlockMs: Math.round(delay.max / 1e6), heapMb: Math.round(heap / MB) }
}

/** `npm run bench -- analysis [--responses N]` */
export async function runAnalysisBench(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: { responses: { type: 'string' } } })
  const app = await startApp()
  try {
    const wave = await openWave(app)
    const responses = await fill(app, wave, Number(values.responses ?? DEFAULT_RESPONSES))
    await app.tallies.build(wave.id)
    await app.tallies.fold(wave.id)
    const getWaveAnalysis = makeGetWaveAnalysis({ ...app, now: () => new Date() })
    const ask = (unitUid: string | null) => getWaveAnalysis(CITY, { waveId: wave.id, unitUid, service: null })
    const whole = await measure(() => ask(null))
    const results = {
      cpu: cpus()[0]?.model,
      database: app.databaseKind,
      responses,
      whole: { ...whole, responsesPerSecond: Math.round(responses / (whole.ms / 1000)), passes: 2 },
      again: await measure(() => ask(null)),
      unit: await measure(() => ask(wave.unitUids[0] ?? null)),
    }
    console.log(JSON.stringify(results, null, 2))
  } finally {
    await app.stop()
  }
}
