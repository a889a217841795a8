import type { Factor, Item, Questionnaire, RatingItem } from '../questionnaire/definition.js'
import type { Localized } from '../survey/vocabulary.js'

/** A rating item's part in a composite. */
export interface CompositeItem {
  readonly item: RatingItem
  /** Whole number, 1 or more; how often each answer counts. */
  readonly weight: number
}

/** What of a questionnaire is counted: items by code, and which of them make up factors and the overall index. */
export interface Instrument {
  readonly items: readonly Item[]
  readonly ratings: ReadonlyMap<string, RatingItem>
  /** What a rating item is called in a report, by code: its text, with the section's title where items share a text. */
  readonly labels: ReadonlyMap<string, Localized>
  readonly factors: readonly { readonly factor: Factor; readonly items: readonly CompositeItem[] }[]
  /** All items of the index factors, each once: the base of rule `pooled`. */
  readonly overall: readonly CompositeItem[]
  /** The same items so weighted that every factor counts alike: the base of rule `mean_of_children`. */
  readonly balancedOverall: readonly CompositeItem[]
}

const instruments = new WeakMap<Questionnaire, Instrument>()

/**
 * Reads the countable structure out of a questionnaire; the same object gives the same result without work.
 *
 * @throws {RangeError} when a factor names an item that is missing or is no rating item
 */
export function instrumentOf(questionnaire: Questionnaire): Instrument {
  const known = instruments.get(questionnaire)
  if (known !== undefined) return known
  const items = questionnaire.sections.flatMap((section) => section.items)
  const ratings = new Map(items.flatMap((item) => (item.kind === 'rating' ? [[item.code, item] as const] : [])))
  const factors = questionnaire.factors.map((factor) => ({
    factor,
    items: factor.items.map((code) => ({ item: ratingOf(ratings, code, factor), weight: 1 })),
  }))
  const indexFactors = factors.filter(({ factor, items: parts }) => factor.role === 'index' && parts.length > 0)
  const common = indexFactors.reduce((multiple, { items: parts }) => leastCommonMultiple(multiple, parts.length), 1)
  const instrument: Instrument = {
    items,
    ratings,
    labels: labelsOf(questionnaire),
    factors,
    overall: indexFactors.flatMap(({ items: parts }) => parts),
    balancedOverall: indexFactors.flatMap(({ items: parts }) =>
      parts.map(({ item }) => ({ item, weight: common / parts.length })),
    ),
  }
  instruments.set(questionnaire, instrument)
  return instrument
}

/** The same sentence is asked about several matters (policies), each in a section of its own. */
function labelsOf({ sections }: Questionnaire): ReadonlyMap<string, Localized> {
  const placed = sections.flatMap(({ title, items }) => items.map((item) => ({ title, item })))
  const uses = new Map<string, number>()
  for (const { item } of placed) uses.set(item.text.vi, (uses.get(item.text.vi) ?? 0) + 1)
  const joined = (text: string, title: string) => `${title}: ${text}`
  return new Map(
    placed.map(({ title, item: { code, text } }) => [
      code,
      uses.get(text.vi) === 1 ? text : { vi: joined(text.vi, title.vi), en: joined(text.en, title.en) },
    ]),
  )
}

function ratingOf(ratings: ReadonlyMap<string, RatingItem>, code: string, factor: Factor): RatingItem {
  const item = ratings.get(code)
  if (item === undefined) throw new RangeError(`Factor ${factor.code} names ${code}, which is no rating item`)
  return item
}

function leastCommonMultiple(a: number, b: number): number {
  const divisor = (x: number, y: number): number => (y === 0 ? x : divisor(y, x % y))
  return (a / divisor(a, b)) * b
}
