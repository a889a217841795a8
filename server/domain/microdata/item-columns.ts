import type { Answer, Item, MultiItem, Questionnaire, UnitItem, YearItem } from '../questionnaire/definition.js'
import { placedItems } from '../questionnaire/routing.js'
import type { NewResponse } from '../survey/response.js'
import type { Localized } from '../survey/vocabulary.js'
import { type ColumnBuilder, codeIn, textIn } from './column-builder.js'
import { FACT_NOTES, NONRESPONSE_LABELS, YES_NO } from './fact-texts.js'
import type { MicrodataSource } from './microdata-plan.js'
import { createTextIndex } from './text-index.js'
import { universeOf } from './universe.js'
import { NOT_ASKED, type ValueLabel } from './variable.js'

const DECADE = 10

const answerTo = ({ answers }: NewResponse, code: string): Answer | undefined =>
  Object.hasOwn(answers, code) ? answers[code] : undefined

/** A whole number that fits a record; anything else cannot have come through the interpreter. */
const codeOf = (answer: Answer | undefined): number => (typeof answer === 'number' ? answer : NOT_ASKED)

/** What the codes of an item mean: its options, then those of nonresponse that have no option of their own. */
function withNonresponse(options: readonly ValueLabel<number>[]): readonly ValueLabel<number>[] {
  return [...options, ...NONRESPONSE_LABELS.filter(({ code }) => !options.some((option) => option.code === code))]
}

/** How many slots came to hold which item. */
export interface ItemSlots {
  /** Slots of the rated items. */
  readonly ratings: readonly number[]
  /** Slot of each item by which respondents can be recognised. */
  readonly quasi: ReadonlyMap<string, number>
}

/**
 * One column for each item, of several choices one for each option, of a place two (uid and name).
 *
 * Free text has none until it can be screened; unit and service of the case are columns of their own.
 */
export function addItemColumns(builder: ColumnBuilder, source: MicrodataSource): ItemSlots {
  const { scales } = source.published.questionnaire
  const ratings: number[] = []
  const quasi = new Map<string, number>()
  for (const placed of placedItems(source.published.questionnaire)) {
    const { item } = placed
    const universe = universeOf(source.published.questionnaire, placed)
    const isQuasi = source.demographics.includes(item.code) || item.kind === 'unit' || item.kind === 'year'
    const slot = addItem(builder, source, item, { universe, quasi: isQuasi ? item.code : null }, scales)
    if (item.kind === 'rating') ratings.push(slot!)
    if (isQuasi && slot !== undefined) quasi.set(item.code, slot)
  }
  return { ratings, quasi }
}

function addItem(
  builder: ColumnBuilder,
  source: MicrodataSource,
  item: Item,
  asked: Asked,
  scales: Questionnaire['scales'],
): number | undefined {
  switch (item.kind) {
    case 'rating': {
      const { options = [], notApplicable, dontKnow } = scales[item.scale] ?? {}
      const own = [
        ...(notApplicable ? [{ code: 96, label: notApplicable }] : []),
        ...(dontKnow ? [{ code: 97, label: dontKnow }] : []),
      ]
      const note = item.isReversed ? FACT_NOTES.reversed : null
      return addCodes(builder, item, [...options, ...own], { ...asked, note, measure: 'ordinal' })
    }
    case 'choice':
      return addCodes(builder, item, item.options, { ...asked, note: null, measure: 'nominal' })
    case 'year':
      return addYear(builder, item, asked)
    case 'multi':
      addChoices(builder, item, asked)
      return undefined
    case 'unit':
      return addPlace(builder, source, item, asked)
    default:
      return undefined
  }
}

interface Asked {
  readonly quasi: string | null
  readonly universe: Localized | null
}

interface CodeSpec extends Asked {
  readonly note: Localized | null
  readonly measure: 'ordinal' | 'nominal'
}

function addCodes(
  builder: ColumnBuilder,
  { code, text }: Pick<Item, 'code' | 'text'>,
  options: readonly ValueLabel<number>[],
  { quasi, ...spec }: CodeSpec,
): number {
  const slot = builder.slot((response) => codeOf(answerTo(response, code)))
  const values = withNonresponse(options.map(({ code: value, label }) => ({ code: value, label })))
  const named = { name: code, label: text, question: text, values, hasMissingCodes: true } as const
  builder.numeric({ ...named, ...spec }, quasi, codeIn(slot))
  return slot
}

/** Bands as stored; a year that was stored by itself goes out by its decade. */
function addYear(builder: ColumnBuilder, item: YearItem, { quasi, universe }: Asked): number {
  const { bands } = item
  if (bands !== undefined)
    return addCodes(builder, item, bands, { quasi, universe, note: FACT_NOTES.band, measure: 'ordinal' })
  const slot = builder.slot((response) => {
    const year = codeOf(answerTo(response, item.code))
    return year === NOT_ASKED || year <= 99 ? year : year - (year % DECADE)
  })
  const { code: name, text: label } = item
  const asked = { question: label, universe }
  const spec = { name, label, ...asked, measure: 'ordinal', values: NONRESPONSE_LABELS, hasMissingCodes: true } as const
  builder.numeric({ ...spec, note: FACT_NOTES.decade }, quasi, codeIn(slot))
  return slot
}

function addChoices(builder: ColumnBuilder, { code, text, options }: MultiItem, { universe }: Asked): void {
  for (const option of options) {
    const slot = builder.slot((response) => {
      const answer = answerTo(response, code)
      return Array.isArray(answer) ? (answer.includes(option.code) ? 1 : 0) : codeOf(answer)
    })
    const label = { vi: `${option.label.vi} | ${text.vi}`, en: `${option.label.en} | ${text.en}` }
    const spec = { name: `${code}_${option.code}`, label, measure: 'nominal', hasMissingCodes: true } as const
    const choiceSet = { name: code, label: text }
    const asked = { question: text, universe }
    builder.numeric({ ...spec, ...asked, choiceSet, values: withNonresponse(YES_NO) }, null, codeIn(slot))
  }
}

function addPlace(
  builder: ColumnBuilder,
  { registry, wave, language }: MicrodataSource,
  { code, text }: UnitItem,
  { quasi, universe }: Asked,
): number {
  const places = createTextIndex()
  const names: string[] = []
  const slot = builder.slot((response) => {
    const uid = answerTo(response, code)
    if (typeof uid !== 'string' || registry.byUid(uid) === undefined) return NOT_ASKED
    const number = places.of(uid)
    names[number] ??= registry.nameOf(uid, wave.referenceOn)[language]
    return number
  }, places.texts)
  const asked = { question: text, universe }
  builder.text({ name: code, label: text, ...asked, texts: () => places.texts }, quasi, textIn(slot, places.texts))
  const label = { vi: `${text.vi} (tên)`, en: `${text.en} (name)` }
  builder.text({ name: `${code}_NAME`, label, ...asked, texts: () => names }, quasi, textIn(slot, names))
  return slot
}
