import type { CodeCounts } from '../index/tally.js'
import type { Answers } from '../questionnaire/definition.js'
import type { CaseTable } from './case-table.js'

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
  /** In one table or, for a roll-up, those of its parts. */
  readonly cases?: readonly CaseTable[]
}

/** Everything one computation looks at: one wave, one mode (methodology 0.4). */
export interface MethodData {
  /** The questionnaire asked; `null` when item codes are the method's own. */
  readonly questionnaire: { readonly id: string; readonly version: string } | null
  readonly units: readonly UnitAnswers[]
}
