/**
 * Words and codes that every part of the survey shares: languages, modes, respondent types, answer codes.
 */

/** Languages of the platform, the default first. */
export const LANGUAGES = ['vi', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

/** A text a person reads, in every language of the platform. */
export type Localized = Readonly<Record<Language, string>>

/** A calendar day in Ho Chi Minh City, `YYYY-MM-DD`; compares correctly as a string. */
export type IsoDay = string

/** Half-open stretch of days `[from, to)`; `null` is open on that side. */
export interface Period {
  readonly from: IsoDay | null
  readonly to: IsoDay | null
}

export const RESPONDENT_TYPES = ['citizen', 'business'] as const
export type RespondentType = (typeof RESPONDENT_TYPES)[number]

/** How an answer was collected. A hard partition: figures of two modes are never pooled (methodology 0.4). */
export const MODES = ['web', 'kiosk', 'phone', 'face_to_face'] as const
export type Mode = (typeof MODES)[number]

/**
 * Modes by how far their figures may be leaned on: an independent interviewer first, the agency's own counter last.
 *
 * @see methodology 0.4: counter surveys of 2006 gave 90 to 100 % where the household survey gave 70
 */
export const MODES_BY_INDEPENDENCE: readonly Mode[] = ['face_to_face', 'phone', 'web', 'kiosk']

/** By which door a respondent of one mode came in; kept for quality checks, never a breakdown of an index. */
export const CHANNELS = ['finder', 'link', 'api', 'import'] as const
export type Channel = (typeof CHANNELS)[number]

/** How a case ended, after AAPOR Standard Definitions. */
export const DISPOSITIONS = ['complete', 'partial'] as const
export type Disposition = (typeof DISPOSITIONS)[number]

/**
 * Answer codes that are not an answer on the scale: four different things, all outside the denominator, all counted.
 *
 * @see methodology 1.4
 */
export const NONRESPONSE = { notApplicable: 96, dontKnow: 97, refused: 98, blank: 99 } as const

/** Codes of the five-point scale, worst to best. */
export const SCALE_CODES = [1, 2, 3, 4, 5] as const
