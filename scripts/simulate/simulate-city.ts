import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stringify } from 'yaml'
import type { PublishedQuestionnaire } from '../../server/domain/questionnaire/definition.js'
import type { NewResponse } from '../../server/domain/survey/response.js'
import type { IsoDay } from '../../server/domain/survey/vocabulary.js'
import type { Wave } from '../../server/domain/survey/wave.js'
import type { ServiceCatalogue } from '../../server/domain/units/service.js'
import type { UnitRegistry } from '../../server/domain/units/unit.js'
import { planWave } from '../../server/features/waves/index.js'
import { createCityModel } from './city-model.js'
import { type CityRequest, type PlannedWave, planCity } from './plan-city.js'
import type { SimulationSettings } from './settings.js'
import { simulateCases, type WaveInput } from './simulate-wave.js'
import type { StuffingPlan } from './stuffing.js'
import { openTextFile, type TextFile } from './text-file.js'
import { truthOfWave, type UnitTruth } from './truth.js'
import { TRUTH_HEADER, truthOfAll, truthRows } from './truth-rows.js'

/** A city to simulate, and where its truth is written. */
export interface CityInput extends CityRequest {
  readonly seed: string
  readonly settings: SimulationSettings
  readonly registry: UnitRegistry
  readonly services: ServiceCatalogue
  readonly published: readonly PublishedQuestionnaire[]
  /** Answers have come in up to, not including, this day; without it, until each wave closes. */
  readonly until?: IsoDay
  /** Folder of the truth; made when it is not there. */
  readonly outDir: string
}

/** Where the responses of a wave go. Takes them one after the other; resolves when they are safe. */
export type ResponseSink = (
  wave: Wave,
  published: PublishedQuestionnaire,
  file: PlannedWave['file'],
  responses: Iterable<NewResponse>,
) => Promise<void>

/** What was simulated in one wave. */
export interface SimulatedWave {
  readonly id: string
  readonly honest: number
  readonly stuffed: number
  /** People asked for the honest responses. */
  readonly asked: number
}

const PLANTED_HEADER = 'wave,unit,style,officer,firstMonth,lastMonth,ballots'
const STUFFED_HEADER = 'submissionId,wave,unit,officer,style'

function waveOf({ file }: PlannedWave, input: CityInput) {
  const plan = planWave(file, input)
  if (plan.kind === 'invalid') throw new Error(`Wave ${file.id} is not valid: ${JSON.stringify(plan.problems)}`)
  const published = input.published.find(({ hash }) => hash === plan.wave.questionnaireHash)
  if (published === undefined) throw new Error(`Wave ${file.id} names a questionnaire that is not published`)
  return { wave: plan.wave, published }
}

interface TruthFiles {
  readonly truth: TextFile
  readonly planted: TextFile
  readonly stuffed: TextFile
}

function openTruthFiles(dir: string): TruthFiles {
  const open = (name: string, header: string) => {
    const file = openTextFile(join(dir, name))
    file.line(header)
    return file
  }
  return {
    truth: open('truth.csv', TRUTH_HEADER),
    planted: open('planted.csv', PLANTED_HEADER),
    stuffed: open('stuffed.csv', STUFFED_HEADER),
  }
}

const plantedRow = (waveId: string, { unitUid, style, officer, months, count }: StuffingPlan) =>
  [waveId, unitUid, style, officer.id, months[0], months.at(-1), count].join(',')

/** Of single units the overall item alone of all criteria: all of them would be a million rows in fifteen years. */
function writeTruth(
  file: TextFile,
  wave: Wave,
  published: PublishedQuestionnaire,
  truths: readonly UnitTruth[],
  cityUid: string,
): void {
  const { overallItem } = published.questionnaire
  for (const row of truthRows(wave, truthOfAll(cityUid, truths, published), () => true)) file.line(row)
  for (const truth of truths) for (const row of truthRows(wave, truth, (code) => code === overallItem)) file.line(row)
}

/** The responses of a wave as they pass by, counted, stuffed ones noted. */
function watched(model: ReturnType<typeof createCityModel>, input: WaveInput, files: TruthFiles) {
  const counts = { honest: 0, stuffed: 0, asked: 0 }
  function* responses(): Generator<NewResponse> {
    const onPlanted = (plan: StuffingPlan) => files.planted.line(plantedRow(input.wave.id, plan))
    for (const { response, officerId, askedCount, style } of simulateCases(model, input, onPlanted)) {
      counts.asked += askedCount
      if (style === null) counts.honest += 1
      else {
        counts.stuffed += 1
        files.stuffed.line([response.submissionId, input.wave.id, response.unitUid, officerId, style].join(','))
      }
      yield response
    }
  }
  return { counts, responses }
}

/**
 * Simulates a city wave by wave in constant memory: responses go to the sink, the truth beside them into files.
 *
 * `truth.csv` has what everyone would answer, `planted.csv` what dishonest officers added and `stuffed.csv` their ballots one by one,
 * `simulation.yaml` the settings, seed and counts.
 *
 * @param said is told of each wave when it is done
 */
export async function simulateCity(
  input: CityInput,
  sink: ResponseSink,
  said: (wave: SimulatedWave) => void = () => {},
): Promise<readonly SimulatedWave[]> {
  const { seed, settings, registry, services, outDir } = input
  mkdirSync(outDir, { recursive: true })
  const model = createCityModel({ seed, settings, registry, services })
  const files = openTruthFiles(outDir)
  const done: SimulatedWave[] = []
  try {
    for (const planned of planCity(model, registry, input)) {
      const { wave, published } = waveOf(planned, input)
      if (input.until !== undefined && input.until <= wave.opensOn) {
        throw new Error(`Nobody answers wave ${wave.id} before ${input.until}: simulate fewer years`)
      }
      const waveInput = { wave, published, counts: planned.counts, until: input.until ?? wave.closesOn }
      writeTruth(files.truth, wave, published, [...truthOfWave(model, waveInput)], registry.cityUid)
      const { counts, responses } = watched(model, waveInput, files)
      await sink(wave, published, planned.file, responses())
      const result = { id: wave.id, ...counts }
      done.push(result)
      said(result)
    }
  } finally {
    for (const file of Object.values(files)) file.close()
  }
  const { years, modes, responses } = input
  const record = { isSimulated: true, seed, years, modes, responses, settings, waves: done }
  writeFileSync(join(outDir, 'simulation.yaml'), stringify(record))
  return done
}
