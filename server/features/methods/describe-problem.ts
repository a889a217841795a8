import type { MethodProblem, MethodProblemCode } from '../../domain/method/method-problem.js'

const SENTENCES: Readonly<Record<MethodProblemCode, string>> = {
  missing_translation: 'has no text in language {language}',
  not_nfc: 'is not in Unicode NFC: type the letters again',
  duplicate_code: 'code {name} is used twice',
  duplicate_fit: 'questionnaire {name} is named twice',
  unknown_criterion: 'there is no criterion {name}',
  empty_scale: 'the highest code must be above the lowest',
  scale_too_short: 'the transformation needs a scale of four codes or more',
  scale_not_1_to_5: 'the transformation needs codes 1 to 5',
  points_needed: 'mean_points needs `points`',
  points_unused: 'only mean_points looks at points',
  points_incomplete: 'must give points to every code of the scale and to no other',
  parts_or_criteria: 'must have either parts or criteria',
  single_needed: 'single_item needs `single`',
  single_unused: 'only single_item looks at this',
  weight_needed: 'has no weight, which weighted_mean needs',
  weight_unused: 'only weighted_mean looks at weights',
  weights_sum: 'weights must add up to 1, they come to {value}',
  pooled_standardised: 'standardised scores cannot be pooled',
  wilson_needs_percent: 'interval wilson needs percents at every level: a share transformation, no sum, no multiplyBy',
  bootstrap_needs_standardisation: 'interval bootstrap is for standardised scores: take wilson or mean_t',
  standardised_interval: 'standardised scores hang on the other units: take bootstrap or none',
  class_order: 'classes must go down, best first',
  range_order: 'the highest value must be above the lowest',
  thresholds_order: 'thresholds must go up: minRespondents, minReliableBase, minUnflaggedBase',
  unknown_block: 'there is no block {name}',
  kind_twice: 'kind {name} belongs to another block already',
  pooled_blocks: 'scores between units and units in blocks have no common figure: take rollup none with a reason',
  scored_hidden: 'minBase of the standardisation must be at least minReliableBase, or scores give hidden figures away',
}

/** A problem as a sentence for the person who edits the file, with its stable code. */
export function describeMethodProblem({ code, path, params }: MethodProblem): string {
  const sentence = SENTENCES[code].replaceAll(/\{(\w+)\}/g, (_, name: string) => String(params[name]))
  return `${path.join('.') || 'method'}: ${sentence} [${code}]`
}
