import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import { fitOf, type Method } from '../../server/domain/method/method.js'
import { createSeededStream } from '../../server/domain/statistics/random/seeded-stream.js'
import type { NewResponse } from '../../server/domain/survey/response.js'
import { createMethodReports } from '../../server/features/method-reports/index.js'
import { loadSurveys } from '../../server/features/survey-data/index.js'
import { planWave, readWaveFile } from '../../server/features/waves/index.js'
import { projectDir } from '../../server/platform/paths.js'
import { CITY, response } from '../support/builders.js'

const BATCH = 500

/** `npm run bench -- methods [--responses N] [--method ID]`: a wave of invented answers, from memory; prints JSON. */
export async function runMethodsBench(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      responses: { type: 'string', default: '100000' },
      method: { type: 'string', default: 'sipas-2017' },
      wave: { type: 'string', default: '2026-web-citizen' },
    },
  })
  const count = Number(values.responses)
  if (!(Number.isInteger(count) && count > 0)) throw new Error('--responses is a whole number above 0')
  const surveys = loadSurveys(projectDir())
  const { value: file } = readWaveFile(join(projectDir(), `surveys/waves/${values.wave}.yaml`))
  const planned = file && planWave(file, surveys)
  if (planned?.kind !== 'planned') throw new Error(`No sound wave file ${values.wave}`)
  const { wave } = planned
  const published = surveys.published.find(({ hash }) => hash === wave.questionnaireHash)!
  const method = surveys.methods.find(({ id }) => id === values.method)
  const fit = method && fitOf(method, published.questionnaire)
  if (!method || !fit) throw new Error(`Method ${values.method} does not fit ${values.wave}`)
  const reports = createMethodReports({
    ...surveys,
    waves: { byId: async () => wave },
    questionnaires: { byHash: () => published },
    responses: { streamWave: () => invented(count, Object.values(fit.items), wave) },
    tallies: { stateOf: async () => String(count) },
    now: () => new Date(),
  })
  console.log(JSON.stringify(await measure(reports, wave.id, method, count), null, 1))
}

async function measure(reports: ReturnType<typeof createMethodReports>, waveId: string, method: Method, count: number) {
  const query = { waveId, methodName: method.id, unitUid: null }
  let peak = 0
  const watch = setInterval(() => {
    const { heapUsed, arrayBuffers } = process.memoryUsage()
    peak = Math.max(peak, heapUsed + arrayBuffers)
  }, 20)
  const before = process.memoryUsage()
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  const started = performance.now()
  const report = await reports.getMethodReport(CITY, query)
  const firstMs = performance.now() - started
  delay.disable()
  clearInterval(watch)
  const again = performance.now()
  await reports.getMethodReport(CITY, query)
  return {
    method: `${method.id} ${method.version}`,
    responses: count,
    units: report.groups.filter(({ scope }) => scope === 'unit').length,
    firstMs: Math.round(firstMs),
    keptMs: Math.round(performance.now() - again),
    longestBlockMs: Math.round(delay.max / 1e6),
    block99Ms: Math.round(delay.percentile(99) / 1e6),
    peakGrowthMb: Math.round((peak - before.heapUsed - before.arrayBuffers) / 1e6),
  }
}

/** Responses by unit in batches, as a cursor gives them; a hundred different ones, over and over. */
async function* invented(
  count: number,
  items: readonly string[],
  {
    unitUids,
    questionnaireHash,
    mode,
  }: { unitUids: readonly string[]; questionnaireHash: string; mode: NewResponse['mode'] },
): AsyncGenerator<NewResponse> {
  const stream = createSeededStream('methods')
  const codes = [1, 2, 3, 4, 4, 5, 5, 96, 97]
  const answers = Array.from({ length: 100 }, () =>
    Object.fromEntries(items.map((item) => [item, codes[stream.below(codes.length)]!])),
  )
  for (let i = 0; i < count; i++) {
    if (i % BATCH === 0) await new Promise((resolve) => setImmediate(resolve))
    const unitUid = unitUids[Math.floor((i * unitUids.length) / count)]!
    yield response({ unitUid, questionnaireHash, mode, answers: answers[i % 100]! })
  }
}
