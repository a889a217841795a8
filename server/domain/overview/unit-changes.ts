import type { IndexReport, ReportBlock } from '../report/index-report.js'
import type { ShownFigures } from '../report/shown-figures.js'
import { type ChangePair, changesTogether, type SeriesChange } from '../series/series-changes.js'
import type { Wave } from '../survey/wave.js'
import { CHANCE_BELOW, unitBlocks } from './judge-units.js'
import type { WaveJoin } from './wave-join.js'

/** An earlier wave, and which of its units may be compared with now. */
export interface EarlierWave {
  readonly report: IndexReport
  readonly join: Pick<WaveJoin, 'isUnitJoined'>
}

/** The index of a unit before and now. */
export interface UnitChange {
  readonly block: ReportBlock
  /** The last earlier wave that asked about the unit. */
  readonly wave: Wave
  readonly before: ShownFigures
  readonly after: ShownFigures
  readonly change: SeriesChange
}

/** What came of a unit: its change was tested, or why there is none. */
export type ChangeState = 'tested' | 'hidden' | 'not_comparable' | 'new'

/** Changes of all units since each was last asked about, tested at once. */
export interface UnitChanges {
  /** In the order of the report. */
  readonly tested: readonly UnitChange[]
  /** Of them those that fell by more than noise after Holm's correction; the largest fall first. */
  readonly falling: readonly UnitChange[]
  readonly risingCount: number
  /** Units that would be called falling if each were tested alone, and how many of those chance alone would give. */
  readonly aloneCount: number
  readonly byChance: number
  /**
   * Every unit of the wave by uid. `new`: no earlier wave asked about it; `not_comparable`: ground, tasks or questions are not
   * the same; `hidden`: its figure is not shown in one of the two.
   */
  readonly states: ReadonlyMap<string, ChangeState>
}

const LEVEL = 0.05

/**
 * Sets every unit's index beside that of the last earlier wave that asked about it.
 *
 * Made of shown figures alone; the tests are those of a series: pooled z on effective bases, Newcombe's interval, Holm over all
 * units tested.
 *
 * @param earlier the latest first
 * @see methodology 4.9 and 10.7 (H1, H2); server/decisions/0017-series.md
 */
export function unitChanges(earlier: readonly EarlierWave[], after: IndexReport): UnitChanges {
  const last = lastBlocks(earlier)
  const states = new Map<string, ChangeState>()
  const shown = unitBlocks(after.blocks).flatMap((block) => {
    const { unitUid } = block.group
    const old = last.get(unitUid)
    const pair = old === undefined ? null : changePair(old.report, old.block, block)
    const state = stateOf(unitUid, old, pair !== null)
    states.set(unitUid, state)
    return old === undefined || pair === null || state !== 'tested' ? [] : [{ block, wave: old.report.wave, ...pair }]
  })
  const changes = changesTogether(shown)
  const tested = shown.map(({ sinceOn: _, ...unit }, i) => ({ ...unit, change: changes[i]! }))
  return {
    tested,
    falling: tested
      .filter(({ change }) => change.verdict === 'fall')
      .toSorted((a, b) => a.change.points - b.change.points),
    risingCount: tested.filter(({ change }) => change.verdict === 'rise').length,
    aloneCount: tested.filter(({ change }) => change.points < 0 && change.p < LEVEL).length,
    byChance: CHANCE_BELOW * tested.length,
    states,
  }
}

type LastBlock = EarlierWave & { readonly block: ReportBlock }

/** The row of each unit in the latest of the waves that has one, by uid. */
function lastBlocks(earlier: readonly EarlierWave[]): ReadonlyMap<string, LastBlock> {
  return new Map(
    earlier
      .toReversed()
      .flatMap((wave) =>
        unitBlocks(wave.report.blocks).map((block) => [block.group.unitUid, { ...wave, block }] as const),
      ),
  )
}

function stateOf(unitUid: string, last: LastBlock | undefined, isShown: boolean): ChangeState {
  if (last === undefined) return 'new'
  if (!last.join.isUnitJoined(unitUid)) return 'not_comparable'
  return isShown ? 'tested' : 'hidden'
}

/** Change of the whole city, tested alone; `null` where it is not comparable or not shown in both. */
export function cityChange(
  before: IndexReport,
  after: IndexReport,
  { breaks }: Pick<WaveJoin, 'breaks'>,
): SeriesChange | null {
  if (breaks.length > 0) return null
  return changesTogether([changePair(before, before.blocks[0], after.blocks[0])])[0] ?? null
}

function changePair(
  { wave }: IndexReport,
  before: ReportBlock | undefined,
  after: ReportBlock | undefined,
): ChangePair | null {
  const [old, own] = [indexOf(before), indexOf(after)]
  return old === null || own === null ? null : { before: old, after: own, sinceOn: wave.opensOn }
}

function indexOf(block: ReportBlock | undefined): ShownFigures | null {
  const estimate = block?.cells.find(({ line }) => line.level === 'overall')?.estimate
  return estimate?.kind === 'published' ? estimate.figures : null
}
