/**
 * `npm run simulate -- --responses N`: a city with known truth, into the database or into files.
 *
 * Options: `--responses` honest responses (default 10 000), `--years 2011-2026`, `--modes web,kiosk,face_to_face`, `--seed TEXT`,
 * `--until DAY` (answers so far; else until each wave closes), `--settings FILE.yaml`, `--to database|ndjson|csv` (default database),
 * `--out DIR` for the truth and the files (default `simulated`).
 * Settings of the database: MONGODB_URI, or DATA_DIR of the embedded engine.
 */
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { isIsoDay } from '../server/domain/survey/day.js'
import { type IsoDay, MODES, type Mode } from '../server/domain/survey/vocabulary.js'
import { loadSurveys } from '../server/features/survey-data/index.js'
import { projectDir } from '../server/platform/paths.js'
import { withDatabaseSink } from './simulate/database-sink.js'
import { readSettings, settingsWith } from './simulate/index.js'
import { FILE_FORMATS, type FileFormat, responseRows } from './simulate/response-rows.js'
import { type CityInput, type ResponseSink, simulateCity } from './simulate/simulate-city.js'
import { openTextFile } from './simulate/text-file.js'
import { runMain } from './support/run-main.js'

const TARGETS = ['database', ...FILE_FORMATS] as const

function readWholeNumber(text: string, name: string): number {
  const number = Number(text)
  if (!Number.isSafeInteger(number) || number < 1) throw new Error(`${name} must be a whole number from 1, not ${text}`)
  return number
}

function readYears(text: string): [number, number] {
  const [, first = '', last = first] = /^(\d{4})(?:-(\d{4}))?$/.exec(text) ?? []
  const years: [number, number] = [Number(first), Number(last)]
  if (first === '' || years[0] < 2011 || years[1] > 2028 || years[1] < years[0]) {
    throw new Error(`--years must be YYYY or YYYY-YYYY within 2011 to 2028, not ${text}`)
  }
  return years
}

function readDay(text: string): IsoDay {
  if (!isIsoDay(text)) throw new Error(`--until must be a day, YYYY-MM-DD, not ${text}`)
  return text
}

function readModes(text: string): readonly Mode[] {
  const names = text.split(',')
  const unknown = names.filter((name) => !(MODES as readonly string[]).includes(name))
  if (unknown.length > 0) throw new Error(`--modes: no mode ${unknown.join(', ')}; there are ${MODES.join(', ')}`)
  return [...new Set(names)] as Mode[]
}

function readTarget(text: string): (typeof TARGETS)[number] {
  const target = TARGETS.find((one) => one === text)
  if (target === undefined) throw new Error(`--to must be ${TARGETS.join(', ')}, not ${text}`)
  return target
}

function readInput() {
  const { values } = parseArgs({
    options: {
      responses: { type: 'string', default: '10000' },
      years: { type: 'string', default: '2011-2026' },
      modes: { type: 'string', default: 'web,kiosk,face_to_face' },
      seed: { type: 'string', default: 'hai-long-1' },
      settings: { type: 'string' },
      until: { type: 'string' },
      to: { type: 'string', default: 'database' },
      out: { type: 'string', default: 'simulated' },
    },
  })
  const input: CityInput = {
    ...loadSurveys(projectDir()),
    seed: values.seed,
    settings: values.settings === undefined ? settingsWith() : readSettings(values.settings),
    years: readYears(values.years),
    modes: readModes(values.modes),
    responses: readWholeNumber(values.responses, '--responses'),
    ...(values.until !== undefined && { until: readDay(values.until) }),
    outDir: values.out,
  }
  return { input, target: readTarget(values.to) }
}

const fileSink =
  (format: FileFormat, dir: string): ResponseSink =>
  async (wave, { questionnaire }, _file, responses) => {
    const { header, row } = responseRows(format, questionnaire)
    const file = openTextFile(join(dir, `${wave.id}.${format}`))
    if (header !== null) file.line(header)
    for (const response of responses) file.line(row(response))
    file.close()
  }

async function run(input: CityInput, sink: ResponseSink): Promise<void> {
  const start = performance.now()
  const waves = await simulateCity(input, sink, ({ id, honest, stuffed, asked }) =>
    console.log(`${id}: ${honest} simulated responses of ${asked} asked${stuffed > 0 ? `, ${stuffed} stuffed` : ''}`),
  )
  const total = waves.reduce((sum, { honest, stuffed }) => sum + honest + stuffed, 0)
  const seconds = (performance.now() - start) / 1000
  const peakMb = Math.round(process.resourceUsage().maxRSS / 1024)
  console.log(
    `${total} responses in ${seconds.toFixed(1)} s, ${Math.round(total / seconds)} per second, at most ${peakMb} MB`,
  )
  console.log(`The truth is in ${input.outDir}/truth.csv. All of it is simulated.`)
}

await runMain(async () => {
  const { input, target } = readInput()
  if (target === 'database') await withDatabaseSink(process.env, input, (sink) => run(input, sink))
  else await run(input, fileSink(target, input.outDir))
})
