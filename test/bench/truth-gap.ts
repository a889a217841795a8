import { truthOfAll } from '../../scripts/simulate/truth-rows.js'
import { makeGetIndexReport } from '../../server/features/index-reports/get-index-report.js'
import { makeGetModeComparison } from '../../server/features/index-reports/get-mode-comparison.js'
import { CITY } from '../support/builders.js'
import { meanWithError, modelOf, rounded, type ToldWave, type TruthCity, tellWave } from './truth-waves.js'

const isOverall = ({ level }: { readonly level: string }) => level === 'overall'

/** What the counter adds to the city's pooled figure: each unit by its answers, as the report pools. */
function plantedPoints({ truths }: ToldWave, { surveys, published, perUnit }: TruthCity): number {
  const byAnswers = truths.map((truth) => ({ ...truth, dossiers: perUnit }))
  const { asAsked, independent } = truthOfAll(surveys.registry.cityUid, byAnswers, published).lines.find(isOverall)!
  return asAsked.topTwoBoxPercent - independent.topTwoBoxPercent
}

/** The comparison of modes as the server makes it, over waves in memory. */
function comparisonOf({ surveys, published }: TruthCity, told: readonly ToldWave[]) {
  const list = told.map(({ wave }) => wave)
  const waves = { byId: async (id: string) => list.find((one) => one.id === id), list: async () => list }
  const tallies = {
    stateOf: async () => '',
    read: async (_scope: unknown, { wave }: { readonly wave: { readonly id: string } }) =>
      [...told.find((one) => one.wave.id === wave.id)!.tallies].map(([key, tally]) => ({ key, tally })),
  }
  const questionnaires = { byHash: () => published }
  // Nobody was shown anything before.
  const reports = { ofWave: async () => [], write: async () => {} }
  const getIndexReport = makeGetIndexReport({ ...surveys, reports, waves, questionnaires, tallies })
  return makeGetModeComparison({ waves, getIndexReport })
}

/** The gap that the report shows between counter and independent answers over the city, and the planted one. */
async function findGap(city: TruthCity, seed: string) {
  const model = modelOf(city, seed)
  const [independent, counter] = [tellWave(model, city, 'face_to_face'), tellWave(model, city, 'kiosk')]
  const compare = comparisonOf(city, [independent, counter])
  const selection = { unitUid: null, kinds: [], service: null, period: { from: null, to: null } }
  const { comparison } = await compare(CITY, { waveId: counter.wave.id, rule: 'mean_of_children', ...selection })
  const gap = comparison.pairs[0]?.rows.find(({ line }) => isOverall(line))?.gap
  if (!gap) throw new Error('The report shows no gap between the modes')
  const planted = plantedPoints(counter, city)
  const isFound = gap.lowPoints <= planted && planted <= gap.highPoints
  return { seed, planted, points: gap.points, low: gap.lowPoints, high: gap.highPoints, isFound }
}

/** In how many runs the shown gap holds the planted inflation within its interval. */
export async function measureGaps(city: TruthCity, seed: string, runs: number) {
  const found: Awaited<ReturnType<typeof findGap>>[] = []
  for (let run = 1; run <= runs; run++) found.push(await findGap(city, `${seed}-gap-${run}`))
  const share = found.filter(({ isFound }) => isFound).length / runs
  const off = meanWithError(found.map(({ points, planted }) => points - planted))
  const mean = (values: readonly number[]) => rounded(meanWithError(values).mean)
  return {
    responsesPerUnit: city.perUnit,
    runs,
    foundPercent: rounded(100 * share),
    monteCarloError: rounded(100 * Math.sqrt((share * (1 - share)) / runs)),
    meanPlantedPoints: mean(found.map(({ planted }) => planted)),
    meanGapPoints: mean(found.map(({ points }) => points)),
    meanOffPoints: rounded(off.mean),
    meanOffError: rounded(off.error),
    meanWidthPoints: mean(found.map(({ low, high }) => high - low)),
    missedSeeds: found.filter(({ isFound }) => !isFound).map((one) => one.seed),
  }
}
