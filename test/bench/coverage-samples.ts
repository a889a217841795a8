import { compareShares } from '../../server/domain/statistics/comparison/compare-shares.js'
import { bootstrapEstimate } from '../../server/domain/statistics/estimation/bootstrap.js'
import { clopperPearsonInterval } from '../../server/domain/statistics/estimation/clopper-pearson.js'
import { estimateMean } from '../../server/domain/statistics/estimation/design-estimate.js'
import { meanInterval } from '../../server/domain/statistics/estimation/mean-interval.js'
import {
  createSampleDesign,
  type SampleDesign,
  type SampledCase,
} from '../../server/domain/statistics/estimation/sample-design.js'
import { INTERVAL_METHODS, shareInterval } from '../../server/domain/statistics/estimation/share-interval.js'
import type { SeededStream } from '../../server/domain/statistics/random/seeded-stream.js'
import { type PercentInterval, wilsonInterval } from '../../server/domain/statistics/wilson.js'
import type { Bounds, Scenario } from './coverage.js'

const SHARES = [0.5, 0.8, 0.95, 0.99]
const times = <T>(count: number, make: (i: number) => T) => Array.from({ length: count }, (_, i) => make(i))
const hit = (stream: SeededStream, share: number) => (stream.uniform() < share ? 1 : 0)
const toBounds = (interval: PercentInterval | null): Bounds =>
  interval && { low: interval.lowPercent, high: interval.highPercent }

interface Sampled extends SampledCase {
  readonly y: number
}

/** Every interval of a share, from the sample alone. */
function shareBounds(cases: readonly Sampled[]): Readonly<Record<string, Bounds>> {
  const estimate = estimateMean(
    createSampleDesign(cases),
    cases.map(({ y }) => y),
  )!
  return Object.fromEntries(INTERVAL_METHODS.map((method) => [method, toBounds(shareInterval(estimate, method))]))
}

/** Simple random samples: n people, each satisfied with the chance p. */
const simple = SHARES.flatMap((p) =>
  [30, 100, 400, 1000].map(
    (n): Scenario => ({
      design: `simple random, p ${p}, n ${n}`,
      truth: 100 * p,
      effort: n > 400 ? 0.5 : 1,
      draw: (stream) => {
        const ys = times(n, () => hit(stream, p))
        const share = ys.reduce<number>((sum, y) => sum + y, 0) / n
        const exact = { clopper_pearson: toBounds(clopperPearsonInterval(share, n)) }
        return { ...shareBounds(ys.map((y) => ({ y, weight: 1 }))), ...exact }
      },
    }),
  ),
)

/** Four strata of 40, 30, 20 and 10 % of the population, sampled alike: weights 4 to 1, shares spread around p. */
const SIZES = [0.4, 0.3, 0.2, 0.1]
const SPREAD = [0.06, 0, -0.06, -0.12]
const stratified = [0.5, 0.8, 0.93].flatMap((p) =>
  [60, 200, 800].map(
    (n): Scenario => ({
      design: `stratified, weights 4 to 1, p about ${p}, n ${n}`,
      truth: 100 * SIZES.reduce((sum, size, h) => sum + size * (p + SPREAD[h]!), 0),
      draw: (stream) =>
        shareBounds(
          times(n, (i) => {
            const h = i % 4
            return { y: hit(stream, p + SPREAD[h]!), weight: SIZES[h]!, stratum: `h${h}` }
          }),
        ),
    }),
  ),
)

/** Clusters of 20 with the share of each from two points around p, so that the likeness within is ρ exactly. */
function drawClusters(stream: SeededStream, clusters: number, p: number, likeness: number): Sampled[] {
  // Two points p ± d, equally likely, have variance d² = ρ·p(1 − p).
  const distance = Math.sqrt(likeness * p * (1 - p))
  return times(clusters, (c) => {
    const share = p + (stream.uniform() < 0.5 ? distance : -distance)
    return times(20, () => ({ y: hit(stream, share), weight: 1, cluster: `c${c}` }))
  }).flat()
}

const clustered = [0.5, 0.8, 0.93].flatMap((p) =>
  [10, 30, 60].flatMap((clusters) =>
    [0.02, 0.07].map(
      (likeness): Scenario => ({
        design: `clusters of 20, likeness ${likeness}, p ${p}, ${clusters} clusters`,
        truth: 100 * p,
        effort: clusters > 30 ? 0.5 : 1,
        draw: (stream) => shareBounds(drawClusters(stream, clusters, p, likeness)),
      }),
    ),
  ),
)

/** Unequal chances: a third of the people three times as likely to be drawn, and more or less satisfied than the others. */
const weighted = [0.5, 0.8, 0.93].flatMap((p) =>
  [100, 400].map(
    (n): Scenario => ({
      design: `weights 3 to 1, p about ${p}, n ${n}`,
      truth: 100 * ((p - 0.05) / 3 + (2 * (p + 0.05)) / 3),
      draw: (stream) =>
        shareBounds(
          times(n, () => {
            // Of those drawn, 3·⅓ : 1·⅔ = 3 : 2 are of the group that is drawn more often.
            const isFrequent = stream.uniform() < 0.6
            return { y: hit(stream, isFrequent ? p - 0.05 : p + 0.05), weight: isFrequent ? 1 : 3 }
          }),
        ),
    }),
  ),
)

const differences = (
  [
    [0.5, 0.6],
    [0.8, 0.8],
    [0.8, 0.9],
    [0.95, 0.97],
  ] as const
).flatMap(([first, second]) =>
  [30, 100, 400].map(
    (n): Scenario => ({
      design: `difference of two samples, p ${first} and ${second}, n ${n} each`,
      truth: 100 * (second - first),
      draw: (stream) => {
        const shareOf = (p: number) => times(n, () => hit(stream, p)).reduce<number>((sum, y) => sum + y, 0) / n
        const change = compareShares(
          { share: shareOf(first), effectiveBase: n },
          { share: shareOf(second), effectiveBase: n },
        )
        return { newcombe: { low: change.lowPoints, high: change.highPoints } }
      },
    }),
  ),
)

/** Mean of a five-point answer, by t; from the counts 5, 10, 15, 40, 30 % of the answers 1 to 5: 3.8. */
const CUMULATED = [0.05, 0.15, 0.3, 0.7, 1]
const means = [30, 200].map(
  (n): Scenario => ({
    design: `mean of a five-point scale, simple random, n ${n}`,
    truth: 3.8,
    draw: (stream) => {
      const values = times(n, () => {
        const at = stream.uniform()
        return 1 + CUMULATED.findIndex((bound) => at < bound)
      })
      const estimate = estimateMean(createSampleDesign(values.map(() => ({ weight: 1 }))), values)!
      return { t: meanInterval(estimate.value, estimate.standardError, estimate.degreesOfFreedom) }
    },
  }),
)

const shareOfWeights = (ys: readonly number[]) => (weights: readonly number[]) => {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return total === 0 ? null : (100 * ys.reduce((sum, y, i) => sum + y * weights[i]!, 0)) / total
}

const bootstrapped = [10, 30].map(
  (clusters): Scenario => ({
    design: `bootstrap of 300 replicates, clusters of 20, likeness 0.07, p 0.8, ${clusters} clusters`,
    truth: 80,
    effort: 0.2,
    draw: (stream) => {
      const cases = drawClusters(stream, clusters, 0.8, 0.07)
      const design: SampleDesign = createSampleDesign(cases)
      const seed = String(stream.uniform())
      const ys = cases.map(({ y }) => y)
      const { low, high } = bootstrapEstimate(design, shareOfWeights(ys), { replicates: 300, seed })
      return { bootstrap_percentile: { low, high }, wilson: shareBounds(cases).wilson! }
    },
  }),
)

/** What happens when clusters are ignored: a warning, not a method of the core. */
const ignored: Scenario = {
  design: 'clusters of 20, likeness 0.07, p 0.8, 30 clusters, ignored',
  truth: 80,
  effort: 0.5,
  draw: (stream) => {
    const cases = drawClusters(stream, 30, 0.8, 0.07)
    return {
      wilson_on_n: toBounds(wilsonInterval(cases.reduce((sum, { y }) => sum + y, 0) / cases.length, cases.length)),
    }
  },
}

/** Samples of people with one question each. */
export const sampleScenarios = (): readonly Scenario[] => [
  ...simple,
  ...stratified,
  ...clustered,
  ...weighted,
  ...differences,
  ...means,
  ...bootstrapped,
  ignored,
]
