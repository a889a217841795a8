import type { IsoDay } from '../survey/vocabulary.js'
import type { Unit, UnitKind, UnitRegistry } from './unit.js'
import { existsOn, type UnitMaps } from './unit-index.js'
import { normalizeUnitText, unitCore } from './unit-text.js'

/** What a unit is compared by: its names, the names without the kind, and names together with those of its parents. */
interface SearchKeys {
  readonly unit: Unit
  readonly names: readonly string[]
  readonly cores: readonly string[]
  readonly words: readonly string[]
  readonly wordsWithParents: readonly string[]
}

const MATCH = { name: 6, core: 5, start: 4, words: 3, place: 2, typo: 1, none: 0 } as const

/** Kinds in the order people mean them when one word fits several. */
const KIND_ORDER: Readonly<Record<UnitKind, number>> = {
  thanh_pho: 0,
  quan: 1,
  huyen: 1,
  tp_truc_thuoc: 1,
  so: 1,
  ban: 2,
  nganh_doc: 2,
  don_vi_su_nghiep: 2,
  phuong: 3,
  xa: 3,
  thi_tran: 3,
  dac_khu: 3,
  tinh: 4,
}

const DEFAULT_LIMIT = 20
const SHORTEST_WITH_TYPO = 5

const namesOf = (unit: Unit) =>
  [...unit.names.flatMap(({ vi, en }) => [vi, en]), ...(unit.aliases ?? [])].map(normalizeUnitText)

function keysOf(maps: UnitMaps, unit: Unit): SearchKeys {
  const names = [...new Set(namesOf(unit))]
  const parents = unit.parents.flatMap(({ uid }) => {
    const parent = maps.byUid.get(uid)
    return parent ? namesOf(parent) : []
  })
  const words = [...new Set(names.join(' ').split(' '))]
  const wordsWithParents = [...new Set([...words, ...parents.join(' ').split(' ')])]
  return { unit, names, cores: names.map(unitCore), words, wordsWithParents }
}

/** Numbers must agree whole: "quan 1" is not a beginning of "quan 10". */
const fits = (word: string, typed: string) => (/^\d+$/.test(typed) ? word === typed : word.startsWith(typed))

const allFit = (words: readonly string[], typed: readonly string[]) =>
  typed.every((one) => words.some((word) => fits(word, one)))

/** Whether one letter was added, lost, changed or swapped with its neighbour. */
function isOneSlip(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false
  let i = 0
  while (i < a.length && a[i] === b[i]) i++
  if (a.length === b.length) {
    const isSwap = a[i] === b[i + 1] && a[i + 1] === b[i] && a.slice(i + 2) === b.slice(i + 2)
    return isSwap || a.slice(i + 1) === b.slice(i + 1)
  }
  return a.length > b.length ? a.slice(i + 1) === b.slice(i) : a.slice(i) === b.slice(i + 1)
}

function matchOf(keys: SearchKeys, typed: string): number {
  if (keys.names.includes(typed)) return MATCH.name
  if (keys.cores.includes(typed)) return MATCH.core
  const endsInNumber = /\d$/.test(typed)
  if (!endsInNumber && [...keys.names, ...keys.cores].some((name) => name.startsWith(typed))) return MATCH.start
  const typedWords = typed.split(' ')
  if (allFit(keys.words, typedWords)) return MATCH.words
  if (allFit(keys.wordsWithParents, typedWords)) return MATCH.place
  if (/\d/.test(typed) || typed.length < SHORTEST_WITH_TYPO) return MATCH.none
  const core = unitCore(typed)
  return keys.cores.some((name) => isOneSlip(name, core)) ? MATCH.typo : MATCH.none
}

const isThere = (unit: Unit, on: IsoDay | undefined) => (on === undefined ? unit.validTo === null : existsOn(unit, on))

/**
 * A search over the names, aliases and parents' names of all units.
 *
 * Guesses (words in any order, by place, with a slip) are offered only where nothing bears the name: Tân Bình is not Bình Tân.
 * Order: how well the text fits, units that exist (on the day, if one is given) before those that ended, districts and
 * departments before wards, then the uid.
 */
export function createUnitSearch(maps: UnitMaps): UnitRegistry['search'] {
  // Made by the first search: nobody who starts a process waits for it.
  let known: readonly SearchKeys[] | undefined
  return (text, { on, kinds, limit = DEFAULT_LIMIT } = {}) => {
    const typed = normalizeUnitText(text)
    if (typed === '') return []
    known ??= maps.units.map((unit) => keysOf(maps, unit))
    const matches = known
      .filter(({ unit }) => !kinds || kinds.includes(unit.kind))
      .map((keys) => ({ unit: keys.unit, match: matchOf(keys, typed), exists: isThere(keys.unit, on) }))
    const isNamed = matches.some(({ match }) => match >= MATCH.core)
    return matches
      .filter(({ match }) => match > (isNamed ? MATCH.words : MATCH.none))
      .sort(
        (a, b) =>
          b.match - a.match ||
          Number(b.exists) - Number(a.exists) ||
          KIND_ORDER[a.unit.kind] - KIND_ORDER[b.unit.kind] ||
          (a.unit.uid < b.unit.uid ? -1 : 1),
      )
      .slice(0, limit)
      .map(({ unit }) => unit)
  }
}
