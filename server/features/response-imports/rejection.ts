import type { AnswerErrorCode } from '../../domain/questionnaire/answer-error.js'
import type { ImportPlan } from '../../domain/response-import/import-plan.js'
import type { RowFault } from '../../domain/response-import/mapping.js'
import type { ImportedCase } from '../../domain/response-import/read-case.js'
import { cityDay } from '../../domain/survey/day.js'
import type { Wave } from '../../domain/survey/wave.js'
import type { SubmitOutcome } from '../responses/index.js'
import { isOpenOn } from '../waves/index.js'

/** Why a row is not stored; the sentence of each stands in `views/text/imports.json`. */
export type RejectCode =
  | RowFault
  | AnswerErrorCode
  | 'under_age'
  | 'outside_field_dates'
  | 'unknown_rated_unit'
  | 'unknown_service'
  | 'out_of_scope'
  | 'unit_not_valid'
  | 'month_out_of_range'
  | 'start_out_of_range'
  | 'consent_outdated'
  | 'other_content'

/** One reason, and the column it is about; empty where it is about the row. */
export interface Rejection {
  readonly code: RejectCode
  readonly column: string
  readonly params: Readonly<Record<string, number>>
}

type Stored = Extract<SubmitOutcome, { kind: 'stored' | 'repeated' }>

const ENVELOPE = {
  transactionOn: { code: 'month_out_of_range', field: 'month' },
  startedAt: { code: 'start_out_of_range', field: 'startedAt' },
  'consent.version': { code: 'consent_outdated', field: 'consent' },
} as const

/** What the intake says of a case that it did not store, with the columns it came from. */
export function rejectionsOf(
  plan: ImportPlan,
  wave: Wave,
  { unitUid, endedAt }: Pick<ImportedCase, 'unitUid' | 'endedAt'>,
  outcome: Exclude<SubmitOutcome, Stored>,
): readonly Rejection[] {
  const headingAt = (at: number | undefined) => (at === undefined ? '' : (plan.headings[at] ?? ''))
  const about = (code: RejectCode, at: number | undefined): readonly Rejection[] => [
    { code, column: headingAt(at), params: {} },
  ]
  const columnOf = (item: string) => plan.items.find(({ code }) => code === item)?.columns[0]
  const ended = (plan.endedAt ?? plan.receivedAt)?.at
  switch (outcome.kind) {
    case 'invalid':
      return [
        ...outcome.errors.map(({ item, code, params }) => ({
          code,
          params,
          column: headingAt(columnOf(item)) || item,
        })),
        ...outcome.envelope.flatMap(({ field }) => about(ENVELOPE[field].code, plan[ENVELOPE[field].field]?.at)),
      ]
    case 'stopped':
      return about(outcome.reason, columnOf(outcome.item))
    case 'closed':
      return about('outside_field_dates', ended)
    case 'unknown':
      return outcome.what === 'unit'
        ? about('unknown_rated_unit', plan.unit.at)
        : about('unknown_service', plan.service.at)
    case 'out_of_scope':
      if (!isOpenOn(wave, cityDay(endedAt))) return about('outside_field_dates', ended)
      return about('out_of_scope', wave.unitUids.includes(unitUid) ? plan.service.at : plan.unit.at)
    case 'unit_not_valid':
      return about('unit_not_valid', plan.month.at)
    case 'duplicate':
      return about('other_content', plan.id.at)
  }
}
