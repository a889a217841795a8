import { type CaseTable, NOT_STORED } from './case-table.js'
import type { Measured } from './measure-unit.js'

/** A criterion as composites need it. */
export interface Leaf {
  readonly measured: Measured
  /** What a stored code adds to the criterion's sum; `null` outside its denominator. */
  readonly scoreOf: (code: number) => number | null
}

/**
 * One criterion's share in a linearised figure: whoever has a counted answer to it adds factor · (score − centre).
 *
 * The figures of a method are sums, means and products of means, so the linearised figure of every level is a list of such terms.
 */
export interface InfluenceTerm {
  readonly leaf: Leaf
  readonly factor: number
  readonly centre: number
  /** Whether the criterion comes in by its own mean, and not by answers pooled with those of others. */
  readonly isOwnMean: boolean
}

/** Respondents with a counted answer to any of the terms, and Σ e² of what each of them adds. */
export interface InfluenceSums {
  readonly respondents: number
  readonly squares: number
}

/** The terms of a figure that is multiplied by something. */
export const scaledTerms = (terms: readonly InfluenceTerm[], by: number): readonly InfluenceTerm[] =>
  terms.map((term) => ({ ...term, factor: term.factor * by }))

/** Goes through all cases once, by a table of what each code adds: constant memory, no object per case. */
export function sumInfluences(terms: readonly InfluenceTerm[], tables: readonly CaseTable[]): InfluenceSums {
  let respondents = 0
  let squares = 0
  const known = terms.map((term) => ({ item: term.leaf.measured.item ?? '', addends: addendsOf(term) }))
  for (const { items, size, codes } of tables) {
    const asked = known
      .map(({ item, addends }) => ({ column: items.indexOf(item), addends }))
      .filter(({ column }) => column >= 0)
    for (let row = 0, start = 0; row < size; row++, start += items.length) {
      let sum = 0
      let isCounted = false
      for (const { column, addends } of asked) {
        const addend = addends[codes[start + column]!]!
        if (Number.isNaN(addend)) continue
        sum += addend
        isCounted = true
      }
      if (!isCounted) continue
      respondents += 1
      squares += sum * sum
    }
  }
  return { respondents, squares }
}

/** Fewer answers than this show too little of their spread, where most others answered more. */
const THIN_ANSWERS = 10

/**
 * Variance that the linearisation misses in criteria which few answered: added to Σ e².
 *
 * Three answers that are all alike show no spread, yet their mean counts like that of three hundred. A criterion with fewer than
 * 10 answers, and at most half of the respondents, is taken to spread at least as the criteria of the figure do on average:
 * Σ c² · max(0, σ² − s²)/n over such criteria, with c its weight in the figure, s² its own variance and σ² the variance
 * within criteria, Σ SS/Σ (n − 1).
 *
 * @returns in the square of the figure's unit; 0 where no criterion is thin
 * @see server/decisions/0012-intervals-and-their-coverage.md for what it does to coverage; Lumley, T., R package survey,
 *   `survey.lonely.psu="average"`, which fills in for lonely strata likewise. The limits of 10 and one half are our own choice
 */
export function thinVariance(terms: readonly InfluenceTerm[], respondents: number): number {
  const parts = terms
    .filter(({ isOwnMean }) => isOwnMean)
    .map(({ leaf, factor }) => ({ factor, n: leaf.measured.sums.answers, squares: squaresWithin(leaf) }))
  const freedom = parts.reduce((sum, { n }) => sum + n - 1, 0)
  if (freedom <= 0) return 0
  const usual = parts.reduce((sum, { squares }) => sum + squares, 0) / freedom
  const thin = parts.filter(({ n }) => n < THIN_ANSWERS && 2 * n <= respondents)
  return thin.reduce((sum, { factor, n, squares }) => {
    const own = n < 2 ? 0 : squares / (n - 1)
    return sum + factor * factor * n * Math.max(0, usual - own)
  }, 0)
}

/** Σ (score − mean)² of a criterion. */
function squaresWithin({ measured: { sums } }: Leaf): number {
  return Math.max(0, sums.squares - (sums.total * sums.total) / sums.answers)
}

/** What each code adds; NaN where the answer is not counted. */
function addendsOf({ leaf, factor, centre }: InfluenceTerm): Float64Array {
  const addends = new Float64Array(NOT_STORED + 1).fill(Number.NaN)
  for (let code = 0; code < NOT_STORED; code++) {
    const score = leaf.scoreOf(code)
    if (score !== null) addends[code] = factor * (score - centre)
  }
  return addends
}
