/** What can be wrong with a method that has the right keys. Codes never change meaning. */
export const METHOD_PROBLEM_CODES = [
  'missing_translation',
  'not_nfc',
  'duplicate_code',
  'duplicate_fit',
  'unknown_criterion',
  'empty_scale',
  'scale_too_short',
  'scale_not_1_to_5',
  'points_needed',
  'points_unused',
  'points_incomplete',
  'parts_or_criteria',
  'single_needed',
  'single_unused',
  'weight_needed',
  'weight_unused',
  'weights_sum',
  'pooled_standardised',
  'wilson_needs_percent',
  'bootstrap_needs_standardisation',
  'standardised_interval',
  'class_order',
  'range_order',
  'thresholds_order',
  'unknown_block',
  'kind_twice',
  'pooled_blocks',
  'scored_hidden',
] as const
/** One of them. */
export type MethodProblemCode = (typeof METHOD_PROBLEM_CODES)[number]

/** A contradiction in a method. */
export interface MethodProblem {
  readonly code: MethodProblemCode
  /** Where in the file. */
  readonly path: readonly (string | number)[]
  readonly params: Readonly<Record<string, string | number>>
}

/** Makes a problem; `params` are what its sentence names. */
export const methodProblem = (
  code: MethodProblemCode,
  path: MethodProblem['path'],
  params: MethodProblem['params'] = {},
): MethodProblem => ({ code, path, params })
