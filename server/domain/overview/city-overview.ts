import type { IndexReport } from '../report/index-report.js'
import type { SeriesBreak } from '../series/series-breaks.js'
import type { SeriesChange } from '../series/series-changes.js'
import type { Wave } from '../survey/wave.js'
import type { UnitRegistry } from '../units/unit.js'
import { countSilence, type Silence } from './count-silence.js'
import { type JudgedLine, judgeUnits, type KindOf, mediansByKind } from './judge-units.js'
import { cityChange, type UnitChanges, unitChanges } from './unit-changes.js'
import { type MeasuredWave, waveJoin } from './wave-join.js'
import { type WeakCriteria, weakCriteria } from './weak-criteria.js'

/** A wave beside those before it. */
export interface SinceBefore {
  /** The last earlier wave, with which the city is compared. */
  readonly wave: Wave
  /** Why the city's index is not compared; empty when it is. */
  readonly breaks: readonly SeriesBreak[]
  /** Of the city; `null` where it is not comparable or not shown in both. */
  readonly change: SeriesChange | null
  readonly units: UnitChanges
}

/** What of a wave whoever answers for the city must know first. */
export interface CityOverview {
  readonly report: IndexReport
  /** `null` for the first wave of its respondents and mode. */
  readonly since: SinceBefore | null
  readonly units: JudgedLine
  readonly silence: Silence
  readonly criteria: WeakCriteria
  readonly kindOf: KindOf
}

export interface CityOverviewInput {
  /** By unit, the whole wave. */
  readonly now: MeasuredWave
  /** Of `wavesBefore`, the latest first. */
  readonly earlier: readonly MeasuredWave[]
  readonly registry: UnitRegistry
}

/** Criteria told of the city. */
const LOWEST_CRITERIA = 5
const INDEX = { level: 'overall', code: 'overall' } as const

/** Reads off a wave's reports what is weak, falling and silent. Every figure is one that the reports show. */
export function cityOverview({ now, earlier, registry }: CityOverviewInput): CityOverview {
  const { report } = now
  const kindOf: KindOf = (uid) => registry.byUid(uid)?.kind
  const medians = mediansByKind(report.blocks, kindOf)
  return {
    report,
    since: sinceBefore(registry, earlier, now),
    units: judgeUnits(report.blocks, INDEX, medians, kindOf),
    silence: countSilence(report, kindOf),
    criteria: weakCriteria(report, medians, kindOf, LOWEST_CRITERIA),
    kindOf,
  }
}

function sinceBefore(registry: UnitRegistry, earlier: readonly MeasuredWave[], now: MeasuredWave): SinceBefore | null {
  const joined = earlier.map((one) => ({ report: one.report, join: waveJoin(registry, one, now) }))
  const [last] = joined
  if (last === undefined) return null
  return {
    wave: last.report.wave,
    breaks: last.join.breaks,
    change: cityChange(last.report, now.report, last.join),
    units: unitChanges(joined, now.report),
  }
}
