import type { IsoDay, Language } from '../../domain/survey/vocabulary.js'
import type { Translate } from '../../platform/text.js'

/** What every page of the finder is written with: its language, its sentences and its links. */
export interface PageContext {
  readonly language: Language
  readonly t: Translate
  /** The language, where the reader chose it in the address and links must keep it. */
  readonly chosenLanguage: Language | null
}

type Query = Readonly<Record<string, string | number | null | undefined>>

/**
 * An address on this site that keeps the chosen language; empty parameters are left out.
 *
 * @example link(context, '/agencies', { q: 'quận 1', kind: '' }) // '/agencies?q=qu%E1%BA%ADn+1&lang=en'
 */
export function link(context: PageContext, path: string, query: Query = {}): string {
  const params = new URLSearchParams()
  for (const [key, value] of Object.entries<Query[string]>({ ...query, lang: context.chosenLanguage })) {
    if (value !== null && value !== undefined && value !== '') params.set(key, String(value))
  }
  const text = params.toString()
  return text === '' ? path : `${path}?${text}`
}

const DAY_FORMATS: Readonly<Record<Language, Intl.DateTimeFormat>> = {
  vi: new Intl.DateTimeFormat('vi-VN', { day: '2-digit', month: '2-digit', year: 'numeric', timeZone: 'UTC' }),
  en: new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }),
}

/** A day as people write it: 01/07/2025 in Vietnamese, 1 July 2025 in English. */
export function writeDay(day: IsoDay, language: Language): string {
  return DAY_FORMATS[language].format(new Date(`${day}T00:00:00Z`))
}
