import type { SinceBefore } from '../../domain/overview/city-overview.js'
import type { ChangeState, UnitChange } from '../../domain/overview/unit-changes.js'
import type { ShownFigures } from '../../domain/report/shown-figures.js'
import { breakTexts, type ChangeView, toChangeView } from '../series/index.js'
import type { CityPlace } from './city-place.js'
import type { CityWords } from './city-words.js'
import { firstRows } from './first-rows.js'
import { byNumberThenName, toUnitName, type UnitNameView } from './unit-names.view.js'

interface ShareView {
  readonly percent: string
  readonly interval: string
  readonly base: string
}

/** A unit that fell: before, now, and the change. */
export interface FallRowView extends UnitNameView {
  /** Of the wave before; empty where all rows are held against the same one. */
  readonly since: string
  readonly before: ShareView
  readonly after: ShareView
  readonly change: ChangeView | null
}

/** The units that fell by more than noise since the wave before. */
export interface FallingUnitsView {
  readonly sentence: string
  readonly rows: readonly FallRowView[]
  readonly moreRows: readonly FallRowView[]
  readonly moreTitle: string
  readonly chance: string
  readonly untold: string
}

/** Puts the falling units into words and rows, the largest fall first. */
export function toFallingUnits(since: SinceBefore | null, place: CityPlace, words: CityWords): FallingUnitsView {
  const { t, formats, language } = words
  if (since === null)
    return { sentence: t('city.no_before'), rows: [], moreRows: [], moreTitle: '', chance: '', untold: '' }
  const { tested, falling, aloneCount, byChance } = since.units
  const titles = [...new Set(tested.map(({ wave }) => wave.title[language]))]
  const counts = {
    fallen: formats.count(falling.length),
    tested: formats.count(tested.length),
    waves: titles.join('; '),
  }
  const finding =
    tested.length === 0 ? 'city.falling_unknown' : falling.length === 0 ? 'city.falling_none' : 'city.falling_some'
  const luck = { alone: formats.count(aloneCount), tested: counts.tested, chance: formats.number(byChance) }
  const pointsOf = ({ change }: UnitChange) => change.points
  const { first, more } = firstRows(falling.toSorted(byNumberThenName(pointsOf, words)), pointsOf)
  const toRow = (unit: UnitChange) => toFallRow(unit, titles.length > 1, place, words)
  return {
    sentence: t(finding, counts),
    rows: first.map(toRow),
    moreRows: more.map(toRow),
    moreTitle: t('city.more_units', { count: formats.count(more.length) }),
    chance: tested.length === 0 ? '' : t('city.falling_chance', luck),
    untold: untoldText(since, words),
  }
}

function toFallRow(unit: UnitChange, hasSeveral: boolean, place: CityPlace, words: CityWords): FallRowView {
  return {
    ...toUnitName(unit.block, undefined, place, words),
    since: hasSeveral ? unit.wave.title[words.language] : '',
    before: shareOf(unit.before, words),
    after: shareOf(unit.after, words),
    change: toChangeView(unit.change, words),
  }
}

function untoldText({ units }: SinceBefore, { t, formats }: CityWords): string {
  const told = (['not_comparable', 'hidden', 'new'] as const satisfies readonly ChangeState[]).flatMap((state) => {
    const count = [...units.states.values()].filter((one) => one === state).length
    return count === 0 ? [] : [t(`city.state_${state}`, { count: formats.count(count) })]
  })
  return told.length === 0 ? '' : t('city.not_tested', { reasons: told.join('; ') })
}

function shareOf({ topTwoBoxPercent, interval, base }: ShownFigures, { formats }: CityWords): ShareView {
  return {
    percent: formats.number(topTwoBoxPercent),
    interval: formats.interval(interval),
    base: formats.count(base),
  }
}

/** The city's own change since the wave before, with its verdict; or why there is none. */
export function cityChangeText(since: SinceBefore | null, words: CityWords): readonly string[] {
  const { t, language } = words
  if (since === null) return [t('city.no_before')]
  const change = toChangeView(since.change, words)
  const when = since.wave.title[language]
  if (change !== null) {
    return [`${t('series.change', { when, points: change.points, interval: change.interval })} ${change.verdict}.`]
  }
  if (since.breaks.length === 0) return [t('city.before_hidden', { wave: when })]
  return [t('city.not_comparable', { wave: when, reasons: breakTexts(since.breaks, words).join('; ') })]
}
