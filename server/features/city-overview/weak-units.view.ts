import type { JudgedLine, JudgedUnit } from '../../domain/overview/judge-units.js'
import { SATISFACTION_TARGETS } from '../../domain/report/targets.js'
import { UNIT_KINDS } from '../../domain/units/unit.js'
import { type EstimateView, toEstimateView, type WhiskerView, whiskerOf } from '../index-reports/index.js'
import type { CityPlace } from './city-place.js'
import type { CityWords } from './city-words.js'
import { firstRows } from './first-rows.js'
import { byNumberThenName, toUnitName, type UnitNameView } from './unit-names.view.js'

/** A unit that is weak, and why it is called so. */
export interface WeakRowView extends UnitNameView {
  readonly figure: EstimateView
  readonly whisker: WhiskerView
  readonly reasons: readonly string[]
}

/** The units that are significantly weak: the finding in a sentence, the table, and what it rests on. */
export interface WeakUnitsView {
  readonly sentence: string
  /** How many of each kind; empty without a row. */
  readonly kinds: string
  readonly rows: readonly WeakRowView[]
  readonly moreRows: readonly WeakRowView[]
  readonly moreTitle: string
  readonly chance: string
  readonly untold: string
}

/** Puts the weak units into words and rows, the lowest first. */
export function toWeakUnits(units: JudgedLine, place: CityPlace, words: CityWords): WeakUnitsView {
  const { t, formats } = words
  const { judged, weak, testCount, byChance } = units
  const counts = { weak: formats.count(weak.length), shown: formats.count(judged.length) }
  const percentOf = ({ estimate }: JudgedUnit) => estimate.figures.topTwoBoxPercent
  const { first, more } = firstRows(weak.toSorted(byNumberThenName(percentOf, words)), percentOf)
  const toRow = (unit: JudgedUnit) => toWeakRow(unit, place, words)
  return {
    sentence: t(
      judged.length === 0 ? 'city.weak_unknown' : weak.length === 0 ? 'city.weak_none' : 'city.weak_some',
      counts,
    ),
    kinds: kindsText(weak, words),
    rows: first.map(toRow),
    moreRows: more.map(toRow),
    moreTitle: t('city.more_units', { count: formats.count(more.length) }),
    chance:
      judged.length === 0
        ? ''
        : t('city.weak_chance', { tests: formats.count(testCount), chance: formats.number(byChance) }),
    untold: untoldText(units, words),
  }
}

function toWeakRow(unit: JudgedUnit, place: CityPlace, words: CityWords): WeakRowView {
  return {
    ...toUnitName(unit.block, unit.kind, place, words),
    figure: toEstimateView(unit.estimate, words),
    whisker: whiskerOf(unit.estimate.figures),
    reasons: reasonsOf(unit, words),
  }
}

function kindsText(weak: readonly JudgedUnit[], { t, formats }: CityWords): string {
  const counts = UNIT_KINDS.map((kind) => ({ kind, count: weak.filter((unit) => unit.kind === kind).length }))
  return counts
    .filter(({ count }) => count > 0)
    .map(({ kind, count }) => `${t(`units.kinds_${kind}`)}: ${formats.count(count)}`)
    .join('; ')
}

function reasonsOf({ isBelowTarget, isBelowMedian, median }: JudgedUnit, { t, formats }: CityWords): readonly string[] {
  const target = formats.count(SATISFACTION_TARGETS[0].percent)
  const middle = { median: formats.number(median?.percent ?? 0), units: formats.count(median?.unitCount ?? 0) }
  return [
    ...(isBelowTarget ? [t('city.below_target', { target })] : []),
    ...(isBelowMedian ? [t('city.below_median', middle)] : []),
  ]
}

/** Of how many units nothing can be said; empty where all have a figure. */
export function untoldText({ hiddenCount, emptyCount }: JudgedLine, { t, formats }: CityWords): string {
  if (hiddenCount + emptyCount === 0) return ''
  return t('city.untold', { hidden: formats.count(hiddenCount), empty: formats.count(emptyCount) })
}
