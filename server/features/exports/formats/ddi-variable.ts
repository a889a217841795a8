import type { ShownFrequencies } from '../../../domain/microdata/frequencies.js'
import { isMissingCode, MISSING, type Variable } from '../../../domain/microdata/variable.js'
import type { Language, Localized } from '../../../domain/survey/vocabulary.js'
import { element, textOf } from './xml.js'

/** Identifiers of XML inside the document. */
export const FILE_ID = 'F1'
export const variableId = (place: number) => `V${place + 1}`

const NATURE = { nominal: 'nominal', ordinal: 'ordinal', scale: 'ratio' } as const

/** What stands with a variable besides itself. */
export interface VariableContext {
  readonly language: Language
  /** Place of the variable, and of the weight. */
  readonly place: number
  readonly weightPlace: number
  readonly frequencies: ShownFrequencies
  /** Rows in which the value is withheld. */
  readonly withheld: number | undefined
}

/**
 * A variable as `var` of DDI-Codebook, its parts in the order of the schema.
 *
 * @see DDI-Codebook 2.5, codebook.xsd, varType and catgryType
 */
export function variableXml(variable: Variable, context: VariableContext): string {
  const { language, place, weightPlace, frequencies, withheld } = context
  const isWeight = place === weightPlace
  const words = (name: string, text: Localized | null, attributes = {}) =>
    text === null ? '' : element(name, { 'xml:lang': language, ...attributes }, textOf(text[language]))
  const attributes = {
    ID: variableId(place),
    name: variable.name,
    files: FILE_ID,
    intrvl: variable.measure === 'scale' ? 'contin' : 'discrete',
    nature: NATURE[variable.measure],
    wgt: isWeight ? 'wgt' : undefined,
    'wgt-var': isWeight || variable.question === null ? undefined : variableId(weightPlace),
  }
  return element(
    'var',
    attributes,
    words('labl', variable.label, { level: 'variable' }),
    variable.question === null ? '' : element('qstn', {}, words('qstnLit', variable.question)),
    invalidRange(variable),
    words('universe', variable.universe, { clusion: 'I' }),
    ...totals(frequencies),
    ...categories(variable, language, frequencies),
    element('varFormat', { type: variable.type === 'text' ? 'character' : 'numeric', schema: 'other' }),
    words('notes', variable.note),
    frequencies === 'suppressed' ? words('notes', SUPPRESSED, { type: 'disclosure' }) : '',
    withheld === undefined || withheld === 0 ? '' : words('notes', withheldNote(withheld), { type: 'disclosure' }),
  )
}

function invalidRange(variable: Variable): string {
  if (variable.type !== 'numeric' || !variable.hasMissingCodes) return ''
  const { low, high, withheld } = MISSING
  return element('invalrng', {}, element('range', { min: low, max: high }), element('item', { VALUE: withheld }))
}

function totals(frequencies: ShownFrequencies): readonly string[] {
  if (frequencies === 'suppressed') return []
  const { valid, invalid } = frequencies
  return [element('sumStat', { type: 'vald' }, String(valid)), element('sumStat', { type: 'invd' }, String(invalid))]
}

function categories(variable: Variable, language: Language, frequencies: ShownFrequencies): readonly string[] {
  const hasCodes = variable.type === 'numeric' && variable.hasMissingCodes
  return variable.values.map(({ code, label }) => {
    const isMissing = hasCodes && typeof code === 'number' && isMissingCode(code)
    const count = frequencies === 'suppressed' ? undefined : (frequencies.counts.get(code) ?? 0)
    return element(
      'catgry',
      { missing: isMissing ? 'Y' : undefined },
      element('catValu', {}, textOf(String(code))),
      element('labl', { 'xml:lang': language, level: 'category' }, textOf(label[language])),
      count === undefined ? '' : element('catStat', { type: 'freq' }, String(count)),
    )
  })
}

const SUPPRESSED: Localized = {
  vi: 'Không ghi tần số: có giá trị của quá ít phiếu',
  en: 'No frequencies: a value stands in too few rows',
}

const withheldNote = (rows: number): Localized => ({
  vi: `Không cung cấp ở ${rows} dòng để bảo vệ người trả lời`,
  en: `Withheld in ${rows} rows to protect respondents`,
})
