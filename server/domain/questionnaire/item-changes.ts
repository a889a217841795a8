import { LANGUAGES, type Language, type Localized } from '../survey/vocabulary.js'
import { canonicalJson } from './canonical.js'
import type { Condition, Item, Option, Questionnaire } from './definition.js'
import { diffVersions, type ItemChange } from './diff-versions.js'
import { type PlacedItem, placedItems } from './routing.js'
import { conditionsOf } from './satisfiable.js'

/** One thing about a question that differs between two versions; `facet` is what `diffVersions` calls it. */
export type DetailedChange =
  | { readonly facet: 'added' | 'removed'; readonly text: Localized }
  | {
      readonly facet: 'reworded'
      readonly part: 'text' | 'hint'
      readonly language: Language
      readonly before: string
      readonly after: string
    }
  /** An answer: `code` is stored; `null` where it is not offered. */
  | {
      readonly facet: 'rescaled'
      readonly part: 'option'
      readonly code: number
      readonly before: Localized | null
      readonly after: Localized | null
    }
  /** What else can be answered, as canonical JSON; `null` where it is not said. `order`: the order of the answers. */
  | {
      readonly facet: 'rescaled'
      readonly part: string
      readonly before: string | null
      readonly after: string | null
    }
  /** When it is asked: conditions of its section and its own, all of which hold. */
  | {
      readonly facet: 'rerouted'
      readonly before: readonly Condition[]
      readonly after: readonly Condition[]
    }
  | {
      readonly facet: 'other'
      readonly part: 'required' | 'criteria'
      readonly before: string
      readonly after: string
    }
  | { readonly facet: 'moved' }

export interface ItemChanges {
  readonly code: string
  readonly changes: readonly DetailedChange[]
}

/**
 * What changed in each question, in detail: the same items as `diffVersions` names, in its order, each with at least one change
 * of every facet that it names there and of no other.
 */
export function itemChanges(older: Questionnaire, newer: Questionnaire): readonly ItemChanges[] {
  const before = placesByCode(older)
  const after = placesByCode(newer)
  return diffVersions(older, newer).items.map(({ code, changes }) => ({
    code,
    changes: changes.flatMap((facet) =>
      ofFacet(facet, code, { place: before.get(code), of: older }, { place: after.get(code), of: newer }),
    ),
  }))
}

const placesByCode = (questionnaire: Questionnaire): ReadonlyMap<string, PlacedItem> =>
  new Map(placedItems(questionnaire).map((placed) => [placed.item.code, placed]))

interface Side {
  readonly place: PlacedItem | undefined
  readonly of: Questionnaire
}

function ofFacet(facet: ItemChange, code: string, before: Side, after: Side): readonly DetailedChange[] {
  if (facet === 'added') return [{ facet, text: itemOf(after, code).text }]
  if (facet === 'removed') return [{ facet, text: itemOf(before, code).text }]
  if (facet === 'moved') return [{ facet }]
  const [old, now] = [itemOf(before, code), itemOf(after, code)]
  if (facet === 'reworded') return wordingChanges(old, now)
  if (facet === 'rescaled') return answerChanges(old, before.of, now, after.of)
  if (facet === 'rerouted') return [{ facet, before: conditionsAt(before), after: conditionsAt(after) }]
  return otherChanges(old, now)
}

function itemOf({ place, of }: Side, code: string): Item {
  if (place === undefined) throw new RangeError(`Questionnaire ${of.id} ${of.version} has no item ${code}`)
  return place.item
}

const conditionsAt = ({ place }: Side) => (place === undefined ? [] : conditionsOf(place))

function wordingChanges(before: Item, after: Item): readonly DetailedChange[] {
  return (['text', 'hint'] as const).flatMap((part) =>
    LANGUAGES.flatMap((language) => {
      const [old, now] = [before[part]?.[language] ?? '', after[part]?.[language] ?? '']
      return old === now ? [] : [{ facet: 'reworded' as const, part, language, before: old, after: now }]
    }),
  )
}

function otherChanges(before: Item, after: Item): readonly DetailedChange[] {
  const pairs = [
    ['required', String(before.required), String(after.required)],
    ['criteria', (before.criteria ?? []).join(', '), (after.criteria ?? []).join(', ')],
  ] as const
  return pairs.flatMap(([part, old, now]) =>
    old === now ? [] : [{ facet: 'other' as const, part, before: old, after: now }],
  )
}

/** Answers that a question offers, with their words: of its own, of its scale, or its age bands. */
export function offeredAnswers(item: Item, { scales }: Questionnaire): readonly Option[] {
  if (item.kind === 'rating') return scales[item.scale]?.options ?? []
  if (item.kind === 'choice' || item.kind === 'multi') return item.options
  return item.kind === 'year' ? (item.bands ?? []).map(({ code, label }) => ({ code, label })) : []
}

function answerChanges(old: Item, older: Questionnaire, now: Item, newer: Questionnaire): readonly DetailedChange[] {
  const before = offeredAnswers(old, older)
  const after = offeredAnswers(now, newer)
  const labelOf = (options: readonly Option[], code: number) => options.find((one) => one.code === code)?.label ?? null
  const codes = [...new Set([...before, ...after].map(({ code }) => code))]
  const options = codes.flatMap((code): DetailedChange[] => {
    const [was, is] = [labelOf(before, code), labelOf(after, code)]
    return canonicalJson(was) === canonicalJson(is)
      ? []
      : [{ facet: 'rescaled', part: 'option', code, before: was, after: is }]
  })
  const [was, is] = [settingsOf(old, older), settingsOf(now, newer)]
  const settings = [...new Set([...was.keys(), ...is.keys()])].flatMap((part): DetailedChange[] => {
    const [a, b] = [was.get(part) ?? null, is.get(part) ?? null]
    return a === b ? [] : [{ facet: 'rescaled', part, before: a, after: b }]
  })
  return [...options, ...settings]
}

/** What can be answered apart from the words of the answers, each as canonical JSON. */
function settingsOf(item: Item, questionnaire: Questionnaire): ReadonlyMap<string, string> {
  const {
    code: _code,
    text: _text,
    hint: _hint,
    showIf: _showIf,
    required: _required,
    criteria: _criteria,
    ...rest
  } = item
  const own = Object.entries(rest).filter(([key]) => key !== 'options' && key !== 'bands')
  const answers = offeredAnswers(item, questionnaire)
  const scale = item.kind === 'rating' ? questionnaire.scales[item.scale] : undefined
  const derived: readonly (readonly [string, unknown])[] = [
    ['order', answers.map(({ code }) => code)],
    ['about', answers.flatMap(({ code, about }) => (about === undefined ? [] : [[code, about]]))],
    ...(item.kind === 'year' && item.bands
      ? [['ages', item.bands.map((band) => [band.fromAge, band.toAge])] as const]
      : []),
    ...(scale ? [['notApplicable', scale.notApplicable] as const, ['dontKnow', scale.dontKnow] as const] : []),
  ]
  return new Map([...own, ...derived].map(([key, value]) => [key, canonicalJson(value)]))
}
