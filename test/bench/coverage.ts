/** Measures how often the 95 % intervals of the statistics core hold the truth, over simulated samples of known populations. */
import { parseArgs } from 'node:util'
import { createSeededStream, type SeededStream } from '../../server/domain/statistics/random/seeded-stream.js'
import { indexScenarios } from './coverage-indices.js'
import { sampleScenarios } from './coverage-samples.js'

/** An interval of one simulated sample, in the unit of the truth; `null` where the method has none. */
export type Bounds = { readonly low: number; readonly high: number } | null

/** A population, a way to sample it and the intervals to judge. */
export interface Scenario {
  readonly design: string
  /** What is estimated, the same for every method of the scenario unless it says so by name. */
  readonly truth: number | Readonly<Record<string, number>>
  /** Part of the replicates asked for: below 1 where a sample is costly. */
  readonly effort?: number
  /** Intervals of one sample, by method. */
  readonly draw: (stream: SeededStream) => Readonly<Record<string, Bounds>>
}

interface Judged {
  readonly design: string
  readonly method: string
  readonly truth: number
  readonly replicates: number
  /** Samples for which the method has no interval; they count as not covered. */
  readonly undefinedIn: number
  readonly coveragePercent: number
  /** Standard error of the coverage from the number of replicates. */
  readonly monteCarloError: number
  /** Samples whose interval lies wholly above, and wholly below the truth. */
  readonly missedAbovePercent: number
  readonly missedBelowPercent: number
  readonly meanWidth: number
}

const AIM = { low: 93, high: 97 }

/** Tally of one method over the samples. */
class Count {
  covered = 0
  above = 0
  below = 0
  missing = 0
  width = 0

  add(bounds: Bounds, truth: number): void {
    if (bounds === null) this.missing += 1
    else {
      if (bounds.low > truth) this.above += 1
      else if (bounds.high < truth) this.below += 1
      else this.covered += 1
      this.width += bounds.high - bounds.low
    }
  }
}

function judge(scenario: Scenario, asked: number, seed: string): Judged[] {
  const { design, truth, effort = 1, draw } = scenario
  const replicates = Math.max(2, Math.round(asked * effort))
  const stream = createSeededStream(`${seed} ${design}`)
  const counts = new Map<string, Count>()
  const truthOf = (method: string) => (typeof truth === 'number' ? truth : truth[method]!)
  for (let replicate = 0; replicate < replicates; replicate++) {
    for (const [method, bounds] of Object.entries(draw(stream))) {
      const count = counts.get(method) ?? new Count()
      counts.set(method, count)
      count.add(bounds, truthOf(method))
    }
  }
  return [...counts].map(([method, count]) => {
    const coverage = count.covered / replicates
    const percent = (part: number) => Number(((100 * part) / replicates).toFixed(2))
    return {
      design,
      method,
      truth: Number(truthOf(method).toFixed(4)),
      replicates,
      undefinedIn: count.missing,
      coveragePercent: percent(count.covered),
      monteCarloError: Number((100 * Math.sqrt((coverage * (1 - coverage)) / replicates)).toFixed(2)),
      missedAbovePercent: percent(count.above),
      missedBelowPercent: percent(count.below),
      meanWidth: Number((count.width / (replicates - count.missing || 1)).toFixed(4)),
    }
  })
}

/** `npm run bench -- coverage [--replicates N] [--seed TEXT] [--only WORD]`: prints JSON, one entry per design and method. */
export async function runCoverageBench(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      replicates: { type: 'string', default: '2000' },
      seed: { type: 'string', default: 'coverage' },
      only: { type: 'string', default: '' },
    },
  })
  const asked = Number(values.replicates)
  if (!(Number.isInteger(asked) && asked >= 100)) throw new Error('--replicates is a whole number of 100 or more')
  const scenarios = [...sampleScenarios(), ...indexScenarios()].filter(({ design }) => design.includes(values.only))
  const results = scenarios.flatMap((scenario) => judge(scenario, asked, values.seed))
  const isOutside = ({ coveragePercent, monteCarloError }: Judged) =>
    coveragePercent + 2 * monteCarloError < AIM.low || coveragePercent - 2 * monteCarloError > AIM.high
  const outside = results
    .filter(isOutside)
    .map(({ design, method, coveragePercent }) => ({ design, method, coveragePercent }))
  console.log(
    JSON.stringify(
      { seed: values.seed, nominalPercent: 95, aim: AIM, judged: results.length, outside, results },
      null,
      1,
    ),
  )
}
