import { viewLanguage } from '../../platform/http/language.js'
import type { Texts } from '../../platform/text.js'
import { type ReportContext, reportFormats } from '../index-reports/index.js'

/** What every page of the desk is written with. */
export interface DeskContext extends ReportContext {
  /** `''` or `'?lang=…'`. */
  readonly langQuery: string
}

/** The language of a request with its texts and formats. */
export function deskContext(res: { locals: Record<string, unknown> }, texts: Texts): DeskContext {
  const language = viewLanguage(res)
  return {
    language,
    t: texts.translator(language),
    formats: reportFormats(language),
    langQuery: String(res.locals.langQuery),
  }
}

/** An address with its query, in the language that was chosen; empty values are left out. */
export function linkTo(path: string, query: Readonly<Record<string, string>>, langQuery: string): string {
  const params = new URLSearchParams(langQuery)
  for (const [name, value] of Object.entries(query)) if (value !== '') params.set(name, value)
  return params.size === 0 ? path : `${path}?${params}`
}

/** The page of a unit, seen from a day. */
export const unitHref = (uid: string, on: string, { langQuery }: Pick<DeskContext, 'langQuery'>): string =>
  linkTo(`/admin/units/${uid}`, { on }, langQuery)
