import type { Localized } from '../survey/vocabulary.js'
import { NONRESPONSE } from '../survey/vocabulary.js'

/** Code of a value that is not in the file because it could point at a respondent. */
export const WITHHELD = 95

/** Stored in a record where there is no code: the item was not asked. */
export const NOT_ASKED = 0xffff

/** Codes that are no answer on the scale, as every statistical package is told: 96 to 99, and 95. */
export const MISSING = { low: NONRESPONSE.notApplicable, high: NONRESPONSE.blank, withheld: WITHHELD } as const

/** Whether a code of a variable with missing codes is no valid answer. */
export const isMissingCode = (code: number): boolean =>
  code === WITHHELD || (code >= MISSING.low && code <= MISSING.high)

/** How far a statistical package may calculate with the values. */
export const MEASURES = ['nominal', 'ordinal', 'scale'] as const
export type Measure = (typeof MEASURES)[number]

/** A value and what it means. */
export interface ValueLabel<Code extends number | string = number | string> {
  readonly code: Code
  readonly label: Localized
}

interface VariableBase {
  /** ASCII letters, digits and `_`, at most 32, unlike any other in whatever case: every package takes it. */
  readonly name: string
  readonly label: Localized
  readonly measure: Measure
  /** What a reader must know beyond the label. */
  readonly note: Localized | null
  /** The question as it was put; `null` for what nobody was asked. */
  readonly question: Localized | null
  /** Who was asked; `null`: everybody. */
  readonly universe: Localized | null
  /** Whether single values are withheld where they could point at a respondent. */
  readonly isQuasiIdentifier: boolean
}

/** A column of numbers; `null` is "not asked" or "there is none". */
export interface NumericVariable extends VariableBase {
  readonly type: 'numeric'
  readonly values: readonly ValueLabel<number>[]
  /** Whether 95 to 99 are missing codes here and not numbers. */
  readonly hasMissingCodes: boolean
  /** Name of the set of columns that hold one item with several choices. */
  readonly choiceSet: { readonly name: string; readonly label: Localized } | null
}

/** A column of texts; `null` is an empty one. */
export interface TextVariable extends VariableBase {
  readonly type: 'text'
  readonly values: readonly ValueLabel<string>[]
  /** Every text that may come: asked once all responses have been read. */
  texts(): readonly string[]
}

/** One column of the microdata: what all formats, scripts and codebooks are made from. */
export type Variable = NumericVariable | TextVariable

/** One value of a row. */
export type Cell = number | string | null
