import { type IsoDay, LANGUAGES, type Language, type RespondentType } from '../../domain/survey/vocabulary.js'
import type { Translate } from '../../platform/text.js'

/** What every page of the form is written with: its language, its sentences, and what its address carries along. */
export interface PageContext {
  readonly language: Language
  readonly t: Translate
  /** The language, where the reader chose it and links must keep it. */
  readonly chosenLanguage: Language | null
  readonly respondentType: RespondentType
  /** All questions on one page instead of one page per group. */
  readonly isWholeForm: boolean
  /** Whether the reader came from the finder of this site. */
  readonly isFromFinder: boolean
}

/** Address of the form of a service at an agency; short, since it is printed as a QR code. */
export function formHref(context: PageContext, unitUid: string, service: string, page = ''): string {
  const query = new URLSearchParams()
  if (context.respondentType === 'business') query.set('as', 'business')
  if (context.isWholeForm) query.set('view', 'one')
  if (context.isFromFinder) query.set('via', 'finder')
  if (context.chosenLanguage !== null) query.set('lang', context.chosenLanguage)
  const text = query.toString()
  return `/r/${unitUid}/${service}${page}${text === '' ? '' : `?${text}`}`
}

/** Address of another page of the site in the chosen language. */
export function siteHref({ chosenLanguage }: PageContext, path: string): string {
  return chosenLanguage === null ? path : `${path}?lang=${chosenLanguage}`
}

const LOCALES: Readonly<Record<Language, string>> = { vi: 'vi-VN', en: 'en-GB' }

const formatsOf = (toOptions: (language: Language) => Intl.DateTimeFormatOptions) =>
  Object.fromEntries(
    LANGUAGES.map((language) => [
      language,
      new Intl.DateTimeFormat(LOCALES[language], { ...toOptions(language), year: 'numeric', timeZone: 'UTC' }),
    ]),
  ) as Readonly<Record<Language, Intl.DateTimeFormat>>

// Made once: making a format costs a hundred times what using it does.
const DAY_FORMATS = formatsOf((language) =>
  language === 'vi' ? { day: '2-digit', month: '2-digit' } : { day: 'numeric', month: 'long' },
)
const MONTH_FORMATS = formatsOf(() => ({ month: 'long' }))

/** A day as people write it: 01/03/2026 in Vietnamese, 1 March 2026 in English. */
export function writeDay(day: IsoDay, language: Language): string {
  return DAY_FORMATS[language].format(new Date(`${day}T00:00:00Z`))
}

/** A month as people write it: Tháng 2 năm 2026, February 2026. @param month `YYYY-MM` */
export function writeMonth(month: string, language: Language): string {
  const text = MONTH_FORMATS[language].format(new Date(`${month}-01T00:00:00Z`))
  return text.charAt(0).toUpperCase() + text.slice(1)
}
