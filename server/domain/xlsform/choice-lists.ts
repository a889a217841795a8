import { canonicalJson } from '../questionnaire/canonical.js'
import type { Item, Option, Questionnaire, RatingItem } from '../questionnaire/definition.js'
import { type Localized, NONRESPONSE } from '../survey/vocabulary.js'
import type { UnitKind } from '../units/unit.js'
import { SERVICE_LIST, UNIT_KIND_COLUMN, UNIT_LIST } from './case-fields.js'
import { type Cells, localizedCells } from './sheets.js'

/** A body or area as a choice. */
export interface UnitChoice {
  readonly uid: string
  readonly kind: UnitKind
  readonly name: Localized
}

/** What the questionnaire does not hold and a form collected elsewhere needs. */
export interface ChoiceSources {
  /** Units that answers may be about, and units where people live. */
  readonly units: readonly UnitChoice[]
  readonly places: readonly UnitChoice[]
  readonly services: readonly { readonly code: string; readonly name: Localized }[]
}

/** The list of an item's choices, by name, and its rows. */
export interface ChoiceList {
  readonly name: string
  readonly rows: readonly Cells[]
}

const choice = (list: string, name: string | number, label: Localized): Cells => ({
  list_name: list,
  name: String(name),
  ...localizedCells('label', label),
})

const unitRows = (list: string, units: readonly UnitChoice[]) =>
  units.map(({ uid, kind, name }) => ({ ...choice(list, uid, name), [UNIT_KIND_COLUMN]: kind }))

/** The lists of units and services that the case itself is asked about. */
export function caseLists({ units, services }: ChoiceSources): readonly ChoiceList[] {
  return [
    { name: UNIT_LIST, rows: unitRows(UNIT_LIST, units) },
    { name: SERVICE_LIST, rows: services.map(({ code, name }) => choice(SERVICE_LIST, code, name)) },
  ]
}

/**
 * Names the list of each item; items with the same choices share one.
 *
 * A scale is one list for each combination of "not applicable" and "don't know" that is offered with it: `trust`, `trust_dk`.
 */
export function createChoiceLists({ scales }: Pick<Questionnaire, 'scales'>, { places }: ChoiceSources) {
  const lists = new Map<string, ChoiceList>()
  const namesByOptions = new Map<string, string>()
  const keep = (name: string, rows: (name: string) => readonly Cells[]) => {
    if (!lists.has(name)) lists.set(name, { name, rows: rows(name) })
    return name
  }
  return {
    all: () => [...lists.values()],
    /** The list of an item; `undefined` where it has no choices. */
    of(item: Item): string | undefined {
      if (item.kind === 'rating') return keep(scaleListName(item), (name) => scaleRows(name, item, scales[item.scale]))
      if (item.kind === 'unit') {
        const ofKind = item.unitKinds.flatMap((kind) => places.filter((place) => place.kind === kind))
        if (ofKind.length === 0) return undefined
        return keep(`places_${item.unitKinds.join('_')}`, (name) => unitRows(name, ofKind))
      }
      if (item.kind !== 'choice' && item.kind !== 'multi') return undefined
      const options = canonicalJson(item.options.map(({ code, label }) => ({ code, label })))
      const name = namesByOptions.get(options) ?? item.code
      namesByOptions.set(options, name)
      return keep(name, () => item.options.map(({ code, label }: Option) => choice(name, code, label)))
    },
  }
}

/** Ends of the names of a scale's lists. */
export const NOT_APPLICABLE_ENDING = '_na'
export const DONT_KNOW_ENDING = '_dk'

function scaleListName({ scale, allowsNotApplicable, allowsDontKnow }: RatingItem): string {
  return scale + (allowsNotApplicable ? NOT_APPLICABLE_ENDING : '') + (allowsDontKnow ? DONT_KNOW_ENDING : '')
}

function scaleRows(
  list: string,
  item: RatingItem,
  scale: Questionnaire['scales'][string] | undefined,
): readonly Cells[] {
  if (scale === undefined) throw new RangeError(`There is no scale ${item.scale}`)
  return [
    ...scale.options.map(({ code, label }) => choice(list, code, label)),
    ...(item.allowsNotApplicable ? [choice(list, NONRESPONSE.notApplicable, scale.notApplicable)] : []),
    ...(item.allowsDontKnow ? [choice(list, NONRESPONSE.dontKnow, scale.dontKnow)] : []),
  ]
}
