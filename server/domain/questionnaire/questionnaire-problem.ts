/** What can be wrong with a questionnaire that is well-formed data. Stable codes. */
export type QuestionnaireProblemCode =
  /** A text is empty in `language`. */
  | 'missing_translation'
  /** A text is not in Unicode NFC, so that equal words would differ. */
  | 'not_nfc'
  /** The same code twice among things that need their own: `name`. */
  | 'duplicate_code'
  /** No such item: `name`. */
  | 'unknown_item'
  /** No such scale: `name`. */
  | 'unknown_scale'
  /** A condition names a code its item can never have: `value`. */
  | 'unknown_code'
  /** A condition looks at an item that has no codes (a text, a unit): `name`. */
  | 'no_codes'
  /** A condition looks at an item that comes later or at itself: `name`. */
  | 'forward_reference'
  /** A condition that no respondent can meet. */
  | 'dead_branch'
  /** An item no respondent is ever asked, though its own condition could be met. */
  | 'unreachable_item'
  /** Something that is scored is not a rated item: `name`. */
  | 'not_rated'
  /** An item in two factors of the index, which would count twice: `name`. */
  | 'counted_twice'
  /** A scale does not run from 1 to 5. */
  | 'scale_codes'
  /** An option uses the code reserved for blank, or a band one that could be a year. */
  | 'reserved_code'
  /** Age bands leave a gap, overlap, or do not begin at the youngest age. */
  | 'band_gap'
  /** More choices allowed than offered. */
  | 'too_many_choices'

export type ProblemPath = readonly (string | number)[]

/** One mistake of a methodologist, and where it stands in the definition. */
export interface QuestionnaireProblem {
  readonly code: QuestionnaireProblemCode
  /** Keys and positions from the top: `['sections', 2, 'items', 0, 'text', 'en']`. */
  readonly path: ProblemPath
  readonly params: Readonly<Record<string, string | number>>
}

/** A problem, shorter to write. */
export function problemAt(
  path: ProblemPath,
  code: QuestionnaireProblemCode,
  params: QuestionnaireProblem['params'] = {},
): QuestionnaireProblem {
  return { code, path, params }
}
