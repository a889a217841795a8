import type { Mode } from '../survey/vocabulary.js'

/** Where a fact of a case stands: in a column, perhaps in words of its own, or the same in all rows. */
export type FieldSource =
  | { readonly column: string; readonly codes?: Readonly<Record<string, string>> | undefined }
  | { readonly value: string }

/** How consent was given. */
export interface ConsentSource {
  /** Column that says so; none: nobody was sent in who had not agreed. */
  readonly column?: string | undefined
  /** What stands there when consent was given. */
  readonly given: readonly string[]
  /** Version of the consent text that was read out or shown. */
  readonly version?: string | undefined
}

/** Which columns of a file hold what. What is left out is looked for under the names of a form of ours. */
export interface ImportMapping {
  readonly mode?: Mode | undefined
  readonly unit?: FieldSource | undefined
  readonly service?: FieldSource | undefined
  /** Month or day of the transaction. */
  readonly transactionOn?: FieldSource | undefined
  readonly language?: FieldSource | undefined
  readonly consent?: ConsentSource | undefined
  readonly instanceId?: string | undefined
  readonly startedAt?: string | undefined
  readonly endedAt?: string | undefined
  /** By code of the item; items that are not named are looked for by their code. */
  readonly items: Readonly<Record<string, FieldSource>>
}

/** Why a row is not stored, besides what the interpreter of answers says; stable codes. */
export const ROW_FAULTS = [
  'cells',
  'no_id',
  'no_time',
  'in_future',
  'no_month',
  'no_consent',
  'not_approved',
  'other_questionnaire',
  'other_mode',
  'no_language',
] as const
export type RowFault = (typeof ROW_FAULTS)[number]
