/** Measures reports against the simulator's truth: whether intervals cover it, and whether the mode gap is the planted one. */
import type { SettingsChanges } from '../../scripts/simulate/settings.js'
import { loadSurveys } from '../../server/features/survey-data/index.js'
import { projectDir } from '../../server/platform/paths.js'
import { calibrate } from './support/machine.js'
import { readOptions } from './support/options.js'
import { saveResult } from './support/results.js'
import { measureCoverage } from './truth-coverage.js'
import { measureGaps } from './truth-gap.js'

const AIMS = { coveragePercent: [93, 97], gapFoundPercent: 90 } as const

/** Nothing between what people feel and what they answer, but for the mode. */
const HONEST: SettingsChanges = {
  nonresponse: { isBiased: false },
  itemNonresponse: false,
  straightlinerShare: 0,
  fearOfNo: { web: 0, kiosk: 0, phone: 0, face_to_face: 0 },
}

const OPTIONS = ['coverage-runs', 'gap-runs', 'per-unit', 'gap-per-unit', 'seed', 'form']

/**
 * Prints how often the intervals of single units hold the truth (honest, independent mode) and how often the mode gap holds the
 * planted inflation; beside them the same with what a survey suffers (biased nonresponse, fear, straightliners), which no
 * interval can know of.
 *
 * Sets the exit code when an aim is missed.
 *
 * @param args `--coverage-runs=10`, `--per-unit=30,60,200`, `--gap-runs=100`, `--gap-per-unit=10`, `--seed=truth`, `--form=counter`
 */
export async function runTruthBench(args: readonly string[]): Promise<void> {
  const options = readOptions(args, OPTIONS)
  const surveys = loadSurveys(projectDir())
  const form = options.text('form', 'counter')
  const published = surveys.published.find(({ questionnaire }) => questionnaire.id === form)
  if (published === undefined) throw new Error(`--form=${form}: no such questionnaire`)
  const seed = options.text('seed', 'truth')
  const calibration = calibrate()
  const [coverageRuns, gapRuns] = [options.number('coverage-runs', 10), options.number('gap-runs', 100)]
  const perUnit = options.numbers('per-unit', [30, 60, 200])
  const cityOf = (settings: SettingsChanges, size: number) => ({ surveys, published, settings, perUnit: size })
  const said = <Measured>(name: string, measured: Measured): Measured => {
    console.error(name, JSON.stringify(measured))
    return measured
  }
  const coverage = perUnit.map((size) => said('coverage', measureCoverage(cityOf(HONEST, size), seed, coverageRuns)))
  const gapSize = options.number('gap-per-unit', 10)
  const gap = said('gap', await measureGaps(cityOf(HONEST, gapSize), seed, gapRuns))
  const disturbed = {
    coverage: said('disturbed', measureCoverage(cityOf({}, Math.max(...perUnit)), seed, coverageRuns)),
    gap: said('disturbed gap', await measureGaps(cityOf({}, gapSize), seed, gapRuns)),
  }
  const [low, high] = AIMS.coveragePercent
  const isCovered = coverage.every(({ overall: { coveragePercent: percent } }) => percent >= low && percent <= high)
  const isMet = isCovered && gap.foundPercent >= AIMS.gapFoundPercent
  if (!isMet) process.exitCode = 1
  saveResult('truth', { seed, form, aims: AIMS, isMet, coverage, gap, disturbed }, calibration, options)
}
