import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PublishedQuestionnaire } from '../../server/domain/questionnaire/definition.js'
import { possibleCodes } from '../../server/domain/questionnaire/possible-answers.js'
import { createSeededStream } from '../../server/domain/statistics/random/seeded-stream.js'
import type { NewResponse } from '../../server/domain/survey/response.js'
import type { Wave } from '../../server/domain/survey/wave.js'
import { exportMicrodata, type Format } from '../../server/features/exports/index.js'
import { loadSurveys, type Surveys } from '../../server/features/survey-data/index.js'
import { planWave, readWaveFile } from '../../server/features/waves/index.js'
import { projectDir } from '../../server/platform/paths.js'
import { CITY, response } from '../support/builders.js'

const BATCH = 500
const SERVICES = 12
const MONTHS = ['2026-01-01', '2026-02-01', '2026-03-01', '2026-04-01'] as const

/** Exports so many invented responses in one format, in this process. */
export async function measureExport(format: Format, count: number) {
  const surveys = loadSurveys(projectDir())
  const { value: file } = readWaveFile(join(projectDir(), 'surveys/waves/2026-web-citizen.yaml'))
  const planned = file && planWave(file, surveys)
  if (planned?.kind !== 'planned') throw new Error('The wave file is not sound')
  const { wave } = planned
  const published = surveys.published.find(({ hash }) => hash === wave.questionnaireHash)!
  const dir = mkdtempSync(join(tmpdir(), 'hai-long-'))
  const baseMb = rssMb()
  const started = performance.now()
  let readMs = 0
  try {
    const responses = { streamWave: () => invented(count, wave, published, surveys) }
    const outcome = await exportMicrodata({ ...surveys, responses, now: () => new Date() }, CITY, {
      wave,
      published,
      format,
      language: 'vi',
      separator: ',',
      file: join(dir, `wave.${format}`),
      onProgress: (step) => {
        if (step === 'writing' && readMs === 0) readMs = performance.now() - started
      },
    })
    if (outcome.kind !== 'written') throw new Error(outcome.kind)
    const seconds = (performance.now() - started) / 1000
    return {
      format,
      rows: outcome.rows,
      seconds: Math.round(seconds),
      rowsPerSecond: Math.round(outcome.rows / seconds),
      beforeWritingSeconds: Math.round(readMs / 1000),
      megabytes: Math.round(outcome.files[0]!.bytes / 1e6),
      rowsWithheldPercent: Math.round((100 * (outcome.rows - outcome.withholding.untouched)) / outcome.rows),
      residentBeforeMb: baseMb,
      residentMostMb: Math.round(process.resourceUsage().maxRSS / 1024),
    }
  } finally {
    rmSync(dir, { recursive: true })
  }
}

const rssMb = () => Math.round(process.memoryUsage().rss / 2 ** 20)

/** Responses whose answers and facts are drawn independently: the hardest for whoever looks for rows that are alike. */
async function* invented(
  count: number,
  wave: Wave,
  { questionnaire }: PublishedQuestionnaire,
  { services }: Pick<Surveys, 'services'>,
): AsyncGenerator<NewResponse> {
  const stream = createSeededStream('exports')
  const pick = <One>(list: readonly One[]): One => list[stream.below(list.length)]!
  const items = questionnaire.sections.flatMap((section) => section.items)
  const coded = items.flatMap((item) => {
    const codes = item.kind === 'multi' ? undefined : possibleCodes(item, questionnaire.scales)
    return codes === undefined ? [] : [{ code: item.code, codes }]
  })
  const answerSets = Array.from({ length: 2000 }, () => ({
    ...Object.fromEntries(coded.map(({ code, codes }) => [code, pick(codes)])),
    H6: [1, 5],
  }))
  const fields = services.all().slice(0, SERVICES)
  for (let i = 0; i < count; i++) {
    if (i % BATCH === 0) await new Promise((resolve) => setImmediate(resolve))
    const unitUid = wave.unitUids[Math.floor((i * wave.unitUids.length) / count)]!
    const answers = { ...pick(answerSets), P5: pick(wave.unitUids) }
    const { questionnaireHash, mode, id: waveId } = wave
    const facts = { service: pick(fields).code, transactionOn: pick(MONTHS), day: '2026-05-02' }
    yield response({ waveId, unitUid, questionnaireHash, mode, answers, ...facts })
  }
}
