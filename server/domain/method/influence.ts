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

/** What each code adds; NaN where the answer is not counted. */
function addendsOf({ leaf, factor, centre }: InfluenceTerm): Float64Array {
  const addends = new Float64Array(NOT_STORED + 1).fill(Number.NaN)
  for (let code = 0; code < NOT_STORED; code++) {
    const score = leaf.scoreOf(code)
    if (score !== null) addends[code] = factor * (score - centre)
  }
  return addends
}
