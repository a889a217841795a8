/** Why one answer is refused. Stable codes; people's sentences are found by them. */
export type AnswerErrorCode =
  /** The item must be answered. */
  | 'required'
  /** The questionnaire has no such item. */
  | 'unknown_item'
  /** The routing does not put this item to this respondent. */
  | 'not_asked'
  /** Not a code of the scale or of the options. */
  | 'unknown_code'
  /** More choices than allowed: `max`. */
  | 'too_many'
  /** The same choice twice. */
  | 'repeated_choice'
  /** More characters than allowed: `max`. */
  | 'too_long'
  /** A list where one value is expected, an object, a number where a text is expected… */
  | 'wrong_type'
  /** A year outside `min`…`max`. */
  | 'out_of_range'
  /** Characters that no one types: NUL, other controls, direction overrides. */
  | 'control_characters'
  /** Half of a surrogate pair: not a text. */
  | 'invalid_unicode'
  /** Not a unit of the kinds asked for on the day of the interview. */
  | 'unknown_unit'

/** One refused answer. Never carries what was answered, so that it can be logged. */
export interface AnswerError {
  /** Item code; for `unknown_item` the sender's key, shortened. */
  readonly item: string
  readonly code: AnswerErrorCode
  readonly params: Readonly<Record<string, number>>
}
