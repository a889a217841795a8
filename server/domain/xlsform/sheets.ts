import type { Language, Localized } from '../survey/vocabulary.js'
import { LANGUAGES } from '../survey/vocabulary.js'

/** Sheets of the XLSForm specification, and ours for what it has no words for, which other tools pass over. */
export const SHEETS = ['survey', 'choices', 'settings', 'not_carried_over'] as const
export type SheetName = (typeof SHEETS)[number]

/** A row: texts by column, empty cells left out. A column with a language is called `label.vi` here. */
export type Cells = Readonly<Record<string, string>>

/** A row and where it stands, counted as a spreadsheet does: the header is row 1. */
export interface SheetRow {
  readonly row: number
  readonly cells: Cells
}

/** A form as rows of its sheets. */
export type XlsForm = Readonly<Record<SheetName, readonly SheetRow[]>>

/** Something in a form that does not come over, or comes over only by an assumption. */
export interface Finding {
  readonly sheet: SheetName
  readonly row: number
  readonly column: string
  /** What, and what becomes of it; a sentence without a full stop. */
  readonly what: string
  /** Part of the questionnaire it is about, where a row of `not_carried_over` can make it good. */
  readonly part?: string
}

/** Names of the languages in headings, with the codes that clients look for. */
export const LANGUAGE_NAMES: Localized = { vi: 'Tiếng Việt (vi)', en: 'English (en)' }

/** Columns that exist once for each language. */
export const TRANSLATED = ['label', 'hint', 'guidance_hint', 'required_message', 'constraint_message'] as const

const isTranslated = (name: string) => TRANSLATED.some((one) => one === name)

/** A text as cells of its two columns. */
export function localizedCells(column: (typeof TRANSLATED)[number], text: Localized | undefined): Cells {
  return text === undefined ? {} : Object.fromEntries(LANGUAGES.map((code) => [`${column}.${code}`, text[code]]))
}

/** The text in the two columns; `undefined` where both are empty, an empty text where one is. */
export function localizedIn(cells: Cells, column: (typeof TRANSLATED)[number]): Localized | undefined {
  const texts = LANGUAGES.map((code) => [code, cells[`${column}.${code}`] ?? ''] as const)
  return texts.every(([, text]) => text === '') ? undefined : (Object.fromEntries(texts) as Localized)
}

/** Heading of a column in the file: `label.vi` is `label::Tiếng Việt (vi)`. */
export function headingOf(column: string): string {
  const [name = '', language] = column.split('.')
  return isTranslated(name) && language !== undefined ? `${name}::${LANGUAGE_NAMES[language as Language]}` : column
}

/**
 * Column that a heading means: `label::Vietnamese`, `label:vi` and, with the default language, `label` are `label.vi`.
 *
 * @param defaultLanguage setting of the form; Vietnamese where it is left out
 * @returns the heading itself where it names a language other than ours
 */
export function columnOf(heading: string, defaultLanguage: string | undefined): string {
  const [first = '', ...rest] = heading.trim().split(/\s*::?\s*/)
  const name = first.toLowerCase().replaceAll(' ', '_')
  const known = ALIASES[name] ?? name
  if (!isTranslated(known)) return rest.length === 0 ? known : heading.trim()
  const language = languageOf(rest.length === 0 ? (defaultLanguage ?? 'vi') : rest.join(':'))
  return language === undefined ? heading.trim() : `${known}.${language}`
}

const ALIASES: Readonly<Record<string, string>> = {
  caption: 'label',
  relevance: 'relevant',
  list: 'list_name',
  value: 'name',
  constraining_message: 'constraint_message',
  calculate: 'calculation',
}

function languageOf(name: string): Language | undefined {
  const code = /\(([a-z]{2,3})[^)]*\)\s*$/i.exec(name)?.[1]?.toLowerCase() ?? name.trim().toLowerCase()
  if (code === 'default' || /^vi$|viet|việt/.test(code)) return 'vi'
  return /^en$|english/.test(code) ? 'en' : undefined
}
