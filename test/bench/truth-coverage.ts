import { instrumentOf } from '../../server/domain/index/instrument.js'
import { figuresOfLine } from '../../server/domain/index/line-figures.js'
import { linesOf } from '../../server/domain/index/lines.js'
import type { PublishedQuestionnaire } from '../../server/domain/questionnaire/definition.js'
import { meanWithError, modelOf, rounded, type ToldWave, type TruthCity, tellWave } from './truth-waves.js'

const RULE = 'mean_of_children'
const LEVELS = ['overall', 'factor', 'criterion'] as const
type Level = (typeof LEVELS)[number]

interface Held {
  units: number
  held: number
  /** Whole interval above the truth. */
  above: number
}

/** How many intervals hold the truth, over the units and the lines of each level. */
function countHeld({ tallies, truths }: ToldWave, { questionnaire }: PublishedQuestionnaire): Record<Level, Held> {
  const instrument = instrumentOf(questionnaire)
  const lines = linesOf(instrument, RULE, questionnaire.overallItem)
  const counts = Object.fromEntries(LEVELS.map((level) => [level, { units: 0, held: 0, above: 0 }])) as Record<
    Level,
    Held
  >
  for (const { unitUid, lines: truth } of truths) {
    for (const line of lines) {
      const figures = figuresOfLine(line, tallies.get(unitUid)!, instrument, RULE)
      const known = truth.find(({ level, code }) => level === line.level && code === line.code)
      if (figures === null || known === undefined) continue
      const { topTwoBoxPercent } = known.asAsked
      const count = counts[known.level]
      count.units += 1
      if (figures.interval.lowPercent > topTwoBoxPercent) count.above += 1
      else if (figures.interval.highPercent >= topTwoBoxPercent) count.held += 1
    }
  }
  return counts
}

function summary(runs: readonly Held[]) {
  const total = (part: keyof Held) => runs.reduce((sum, run) => sum + run[part], 0)
  // The units of one run share the city's effects, so the error is taken from the spread between runs.
  const { mean, error } = meanWithError(runs.map(({ units, held }) => (100 * held) / units))
  return {
    intervals: total('units'),
    coveragePercent: rounded(mean),
    monteCarloError: rounded(error),
    missedAbovePercent: rounded((100 * total('above')) / total('units')),
    missedBelowPercent: rounded((100 * (total('units') - total('held') - total('above'))) / total('units')),
  }
}

/** How often the 95 % intervals of single units hold what is true there, asked by an independent interviewer. */
export function measureCoverage(city: TruthCity, seed: string, runs: number) {
  const counted = Array.from({ length: runs }, (_, run) =>
    countHeld(tellWave(modelOf(city, `${seed}-${run + 1}`), city, 'face_to_face'), city.published),
  )
  const byLevel = LEVELS.map((level) => [level, summary(counted.map((run) => run[level]))] as const)
  return { responsesPerUnit: city.perUnit, runs, ...(Object.fromEntries(byLevel) as Record<Level, Summary>) }
}

type Summary = ReturnType<typeof summary>
