import { scoreOf } from '../index/scoring.js'
import type { Answers } from '../questionnaire/definition.js'
import {
  type CrossSums,
  correlationsOf,
  covariancesOf,
  createCrossSums,
  mergeCrossSums,
} from '../statistics/instruments/cross-sums.js'
import type { AnalysisPlan, PlannedFactor } from './analysis-plan.js'

/** Sums over the respondents who rated exactly these factors and the overall item. */
export interface FactorPattern {
  /** For each factor of the plan whether it was rated. */
  readonly rated: readonly boolean[]
  /** Rated factors in order, then the overall item. */
  readonly sums: CrossSums
}

/** Relations of factor scores with one another and with the overall rating. */
export interface FactorCorrelations {
  /** Positions of the factors compared. */
  readonly factors: readonly number[]
  /** Respondents who rated all of them and the overall item. */
  readonly base: number
  /** `null` where one does not vary. */
  readonly between: readonly (readonly (number | null)[])[]
  readonly withOutcome: readonly (number | null)[]
}

/** Factors that fewer than this share of those with an overall rating rated are left out: they would leave nobody with all. */
const MIN_RATED_SHARE = 0.5

/**
 * Counts factor scores (mean of a respondent's valid answers in the factor) against the overall rating.
 *
 * Kept apart by which factors were rated, since it is known only at the end which factors enough people rated. A mean over k answers
 * is multiplied by the least common multiple of 1 … items, which makes it a whole number and changes no correlation.
 */
export function createFactorScores({ factors, overall }: Pick<AnalysisPlan, 'factors' | 'overall'>) {
  const scales = factors.map(({ items }) => multipleUpTo(items.length))
  const patterns = new Map<string, { rated: boolean[]; builder: ReturnType<typeof createCrossSums> }>()
  return {
    add(answers: Answers): void {
      const outcome = overall === null ? null : scoreIn(answers, overall)
      if (outcome === null) return
      const scores = factors.map((factor, i) => scaledMean(answers, factor, scales[i]!))
      const rated = scores.map((score) => score !== null)
      const key = rated.map(Number).join('')
      let pattern = patterns.get(key)
      if (pattern === undefined) {
        pattern = { rated, builder: createCrossSums(rated.filter(Boolean).length + 1) }
        patterns.set(key, pattern)
      }
      pattern.builder.add([...scores.filter((score) => score !== null), outcome])
    },
    result: (): readonly FactorPattern[] =>
      [...patterns.values()].map(({ rated, builder }) => ({ rated, sums: builder.result() })),
  }
}

/** Correlations of the factors that at least half rated, over the respondents who rated all of those; `null` with too few of either. */
export function factorCorrelations(patterns: readonly FactorPattern[], factorCount: number): FactorCorrelations | null {
  const rating = patterns.reduce((sum, { sums }) => sum + sums.cases, 0)
  const factors = Array.from({ length: factorCount }, (_, i) => i).filter((i) => {
    const cases = patterns.reduce((sum, { rated, sums }) => (rated[i] ? sum + sums.cases : sum), 0)
    return cases > 0 && cases >= MIN_RATED_SHARE * rating
  })
  const complete = patterns.filter(({ rated }) => factors.every((i) => rated[i]))
  const merged = mergeCrossSums(
    complete.map((pattern) => restricted(pattern, factors)),
    factors.length + 1,
  )
  if (factors.length === 0 || merged.cases < 2) return null
  const correlations = correlationsOf(covariancesOf(merged))
  return {
    factors,
    base: merged.cases,
    between: correlations.slice(0, -1).map((row) => row.slice(0, -1)),
    withOutcome: correlations.at(-1)!.slice(0, -1),
  }
}

/** The sums of a pattern about some of its factors and the overall item. */
function restricted({ rated, sums }: FactorPattern, factors: readonly number[]): CrossSums {
  const placeOf = (factor: number) => rated.slice(0, factor).filter(Boolean).length
  const places = [...factors.map(placeOf), sums.sums.length - 1]
  return {
    cases: sums.cases,
    sums: places.map((j) => sums.sums[j]!),
    products: places.map((j) => places.map((k) => sums.products[j]![k]!)),
  }
}

/** A respondent's score on an item, 1 worst to 5 best; `null` without a valid answer. */
export function scoreIn(
  answers: Answers,
  item: { readonly code: string; readonly isReversed: boolean },
): number | null {
  const answer = Object.hasOwn(answers, item.code) ? answers[item.code] : undefined
  return typeof answer === 'number' ? scoreOf(answer, item) : null
}

function scaledMean(answers: Answers, { items }: PlannedFactor, scale: number): number | null {
  let sum = 0
  let count = 0
  for (const item of items) {
    const score = scoreIn(answers, item)
    if (score === null) continue
    sum += score
    count += 1
  }
  return count === 0 ? null : (scale / count) * sum
}

function multipleUpTo(count: number): number {
  const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b))
  let multiple = 1
  for (let i = 2; i <= count; i++) multiple = (multiple / divisor(multiple, i)) * i
  return multiple
}
