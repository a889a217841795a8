import type { CodeCounts } from '../index/tally.js'
import type { Answers } from '../questionnaire/definition.js'

/** One respondent's answers about one unit. */
export interface MethodCase {
  /** Same for every case of one respondent: the bootstrap draws respondents with all they said. */
  readonly respondent: string
  readonly answers: Answers
}

/** What is known of one unit: counts, and the cases behind them where intervals of composites are wanted. */
export interface UnitAnswers {
  readonly unit: string
  /** Units are standardised among their block only; one block where the method does not standardise. */
  readonly block: string
  /** Counts of stored codes by item, as a tally keeps them; an item without an entry was not asked. */
  readonly items: Readonly<Record<string, { readonly codes: CodeCounts }>>
  readonly cases?: readonly MethodCase[]
}

/** Everything one computation looks at: one wave, one mode (methodology 0.4). */
export interface MethodData {
  /** The questionnaire asked; `null` when item codes are the method's own. */
  readonly questionnaire: { readonly id: string; readonly version: string } | null
  readonly units: readonly UnitAnswers[]
}

/**
 * Counts of stored codes by item from cases; whatever is no code (texts, units, lists) is not counted.
 *
 * @param weightOf how often a case counts; 1 unless said
 */
export function countsOfCases(
  cases: readonly MethodCase[],
  weightOf: (position: number) => number = () => 1,
): UnitAnswers['items'] {
  const items: Record<string, { codes: Record<string, number> }> = {}
  cases.forEach(({ answers }, position) => {
    const weight = weightOf(position)
    if (weight === 0) return
    for (const [item, code] of Object.entries(answers)) {
      if (typeof code !== 'number') continue
      items[item] ??= { codes: {} }
      const { codes } = items[item]
      codes[code] = (codes[code] ?? 0) + weight
    }
  })
  return items
}
