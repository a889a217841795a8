import { LANGUAGES, type Language, type Mode } from '../survey/vocabulary.js'
import type { FieldReader, ImportPlan, RowCells } from './import-plan.js'
import type { RowFault } from './mapping.js'
import { readMonth, readTime } from './read-time.js'

/** A case as a row tells it, its answers not yet checked. */
export interface ImportedCase {
  /** Name of the submission where it was collected. */
  readonly instanceId: string
  readonly unitUid: string
  readonly service: string
  readonly month: string
  readonly language: Language
  readonly startedAt: Date
  /** When the interview ended: all is checked as it stood then. */
  readonly endedAt: Date
  readonly consentVersion: string
  readonly rawAnswers: Readonly<Record<string, string | readonly string[]>>
}

export type CaseReading =
  | { readonly kind: 'case'; readonly case: ImportedCase }
  | {
      readonly kind: 'rejected'
      readonly faults: readonly { readonly code: RowFault; readonly at: number | undefined }[]
    }

/** What rows are held against. */
export interface CaseTerms {
  readonly mode: Mode
  readonly questionnaireHash: string
  /** Clocks of devices may run ahead a little. */
  readonly latest: Date
}

const REFUSED = /not[ _]approved|rejected/i

/** Reads a row; what is wrong with it besides its answers comes all at once. */
export function readCase(plan: ImportPlan, cells: RowCells, terms: CaseTerms): CaseReading {
  if (cells.length !== plan.headings.length) return { kind: 'rejected', faults: [{ code: 'cells', at: undefined }] }
  const faults: { code: RowFault; at: number | undefined }[] = []
  const check = (isSound: boolean, code: RowFault, reader: FieldReader | undefined) => {
    if (!isSound) faults.push({ code, at: reader?.at })
  }
  const text = (reader: FieldReader | undefined) => reader?.read(cells).trim() ?? ''
  const instanceId = text(plan.id).replace(/^uuid:/i, '')
  check(instanceId !== '', 'no_id', plan.id)
  const { startedAt, endedAt } = timesOf(plan, text)
  check(startedAt !== undefined && endedAt !== undefined, 'no_time', plan.endedAt ?? plan.receivedAt)
  check(endedAt === undefined || endedAt <= terms.latest, 'in_future', plan.endedAt ?? plan.receivedAt)
  const month = readMonth(text(plan.month))
  check(month !== undefined, 'no_month', plan.month)
  check(plan.consentGiven.includes(text(plan.consent)), 'no_consent', plan.consent)
  check(!REFUSED.test(text(plan.review)), 'not_approved', plan.review)
  const hash = text(plan.questionnaire)
  check(hash === '' || hash === terms.questionnaireHash, 'other_questionnaire', plan.questionnaire)
  check(text(plan.mode) === terms.mode, 'other_mode', plan.mode)
  const language = LANGUAGES.find((one) => one === text(plan.language))
  check(language !== undefined, 'no_language', plan.language)
  if (faults.length > 0) return { kind: 'rejected', faults }
  return {
    kind: 'case',
    case: {
      instanceId,
      unitUid: text(plan.unit),
      service: text(plan.service),
      month: month!,
      language: language!,
      startedAt: startedAt!,
      endedAt: endedAt!,
      consentVersion: plan.consentVersion,
      rawAnswers: answersIn(plan, cells),
    },
  }
}

/** The device says when; the server's time stands in where it does not. */
function timesOf(plan: ImportPlan, text: (reader: FieldReader | undefined) => string) {
  const received = readTime(text(plan.receivedAt), 'Z')
  const ended = readTime(text(plan.endedAt), '+07:00')
  const started = readTime(text(plan.startedAt), '+07:00')
  const endedAt = ended ?? received
  const isAfter = started !== undefined && endedAt !== undefined && started > endedAt
  return { startedAt: isAfter ? endedAt : (started ?? endedAt), endedAt }
}

function answersIn({ items }: ImportPlan, cells: RowCells): ImportedCase['rawAnswers'] {
  return Object.fromEntries(
    items.flatMap(({ code, read }) => {
      const answer = read(cells)
      return answer === undefined ? [] : [[code, answer] as const]
    }),
  )
}
