import type { QuestionnaireFault } from '../questionnaires/index.js'
import type { DeskContext } from '../registry-desk/index.js'

/** Faults that have a sentence of their own, with what to do; the others are told as the schema tells them. */
const TOLD = [
  'missing_translation',
  'not_nfc',
  'duplicate_code',
  'unknown_item',
  'unknown_scale',
  'unknown_code',
  'no_codes',
  'forward_reference',
  'dead_branch',
  'unreachable_item',
  'not_rated',
  'counted_twice',
  'scale_codes',
  'reserved_code',
  'band_gap',
  'too_many_choices',
  'yaml_syntax',
  'invalid_type',
  'invalid_value',
  'invalid_format',
  'invalid_union',
  'unrecognized_keys',
  'too_small',
  'too_big',
]

/** Where a fault stands, what it is and what to do; `detail` in English, for what has no sentence of its own. */
export interface FaultView {
  readonly where: string
  readonly words: string
  readonly detail: string | null
}

/** A fault of a text in the page's words. */
export function toFaultView(
  { line, code, at, question, params, message }: QuestionnaireFault,
  { t }: DeskContext,
): FaultView {
  const place = question === null ? at : t('questionnaires.in_question', { code: question, at })
  const isKnown = TOLD.includes(code)
  const isOfSchema = Object.keys(params).length === 0 && !message.endsWith(`[${code}]`)
  return {
    where: place === '' ? t('questionnaires.line', { line }) : t('questionnaires.line_at', { line, place }),
    words: t(`questionnaires.fault_${isKnown ? code : 'other'}`, params),
    detail: isOfSchema ? message : null,
  }
}
