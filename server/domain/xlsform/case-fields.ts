import type { Condition } from '../questionnaire/definition.js'
import type { Localized } from '../survey/vocabulary.js'

/**
 * Names of what a form of ours asks besides the questionnaire. Small letters, so that none is like the code of an item; answers collected
 * with the form are found by them again.
 */
export const CASE = {
  group: 'case',
  unit: 'case_unit',
  service: 'case_service',
  month: 'case_month',
  mode: 'case_mode',
  unitKind: 'case_unit_kind',
  questionnaire: 'case_questionnaire',
  introduction: 'introduction',
  consentGroup: 'consent',
  consent: 'consent_statement',
} as const

/** What a ticked box answers, as ODK stores it. */
export const TICKED = 'OK'

/** Lists of choices that come from the registry. */
export const UNIT_LIST = 'case_units'
export const SERVICE_LIST = 'case_services'
export const UNIT_KIND_COLUMN = 'unit_kind'

export const PAGE_PREFIX = 'page_'
export const LEAD_PREFIX = 'lead_'
export const CONSENT_PREFIX = 'consent_'

/** The field that stands for a fact of the case. */
export const CONTEXT_FIELDS: Readonly<Record<Extract<Condition, { context: unknown }>['context'], string>> = {
  mode: CASE.mode,
  unitKind: CASE.unitKind,
  service: CASE.service,
}

/** Sentences of a form of ours that the questionnaire does not have. */
export const CASE_TEXTS = {
  group: { vi: 'Hồ sơ được đánh giá', en: 'What is rated' },
  unit: { vi: 'Cơ quan được đánh giá', en: 'Agency that is rated' },
  service: { vi: 'Lĩnh vực', en: 'Service' },
  month: { vi: 'Tháng thực hiện thủ tục', en: 'Month of the transaction' },
  future: { vi: 'Tháng này chưa đến', en: 'This month is still to come' },
} as const satisfies Record<string, Localized>
