/** What tells a sound wave from one to look into, from figures that its reports show anyway. */
import type { Line } from '../index/lines.js'
import type { IndexReport, ReportBlock, ReportCell } from '../report/index-report.js'
import { compareShares, type ShareDifference } from '../statistics/comparison/compare-shares.js'
import { holm } from '../statistics/comparison/multiple-tests.js'
import type { UnitKind } from '../units/unit.js'

/** How often an item that was asked got no answer. */
export interface ItemNonresponse {
  readonly line: Line
  /** Don't know, refused and blank; not applicable is an answer. */
  readonly missingCount: number
  readonly askedCount: number
  readonly percent: number
}

/** A unit whose respondents choose the best level more often than those of the others of its kind. */
export interface OddUnit {
  readonly unitUid: string
  readonly kind: UnitKind
  readonly base: number
  readonly bestPercent: number
  /** Of the others of its kind whose figures are shown, together. */
  readonly othersPercent: number
  readonly othersBase: number
  /** The unit less the others, percentage points, with its 95 % interval. */
  readonly difference: Pick<ShareDifference, 'points' | 'lowPoints' | 'highPoints'>
  /** By Holm over all units looked at in the wave. */
  readonly adjustedP: number
}

/** The quality of a wave's data as far as counts tell; `null` where nobody answered or figures are hidden. */
export interface WaveQuality {
  readonly receivedCount: number
  readonly completeCount: number
  /** Complete of received, percent. */
  readonly completionPercent: number | null
  /** Over all rated items. */
  readonly nonresponsePercent: number | null
  /** The worst first, at most `MOST_ITEMS`. */
  readonly worstItems: readonly ItemNonresponse[]
  /** Of the answers to the overall item: the middle level, which fear prefers, and the best one. */
  readonly neutralPercent: number | null
  readonly bestPercent: number | null
  readonly unitCount: number
  readonly silentCount: number
  /** Units whose best level could be compared. */
  readonly comparedCount: number
  /** Far above their kind beyond chance, the farthest first. */
  readonly oddUnits: readonly OddUnit[]
}

const MOST_ITEMS = 3
const NEUTRAL = 2
const BEST = 4
/** Two-sided, after Holm. */
export const ODD_BELOW = 0.05
/** Percentage points; less than that is no use to look into, however sure it is. */
export const ODD_FROM_POINTS = 10

/**
 * Reads a report by unit under `single_item`, whose first line is the overall item.
 *
 * Differences are of figures that the report shows; a unit whose figure is hidden takes no part, on either side.
 *
 * @param kindOf the kind of a unit; those without one are left out
 */
export function waveQuality(
  { blocks }: Pick<IndexReport, 'blocks'>,
  kindOf: (uid: string) => UnitKind | undefined,
): WaveQuality {
  const total = blocks[0]
  const units = blocks.filter(({ group, rollup }) => group.scope === 'unit' && rollup === 'none')
  const items = (total?.cells ?? []).flatMap(nonresponseOf)
  const sum = (value: (item: ItemNonresponse) => number) => items.reduce((all, item) => all + value(item), 0)
  const asked = sum(({ askedCount }) => askedCount)
  const split = total && splitOf(total)
  const { comparedCount, oddUnits } = oddUnitsOf(units, kindOf)
  const received = total?.receivedCount ?? 0
  const complete = total?.responseCount ?? 0
  return {
    receivedCount: received,
    completeCount: complete,
    completionPercent: received === 0 ? null : (100 * complete) / received,
    nonresponsePercent: asked === 0 ? null : (100 * sum(({ missingCount }) => missingCount)) / asked,
    worstItems: items.toSorted((a, b) => b.percent - a.percent).slice(0, MOST_ITEMS),
    neutralPercent: split?.percents[NEUTRAL] ?? null,
    bestPercent: split?.percents[BEST] ?? null,
    unitCount: units.length,
    silentCount: units.filter(({ receivedCount }) => receivedCount === 0).length,
    comparedCount,
    oddUnits,
  }
}

function nonresponseOf({ line, estimate }: ReportCell): readonly ItemNonresponse[] {
  if (line.level !== 'criterion' || estimate.kind !== 'published' || estimate.figures.counts === null) return []
  const { answers, nonresponse } = estimate.figures.counts
  const missingCount = nonresponse.dontKnow + nonresponse.refused + nonresponse.blank
  const askedCount = answers + missingCount
  return askedCount === 0 ? [] : [{ line, missingCount, askedCount, percent: (100 * missingCount) / askedCount }]
}

/** The five shares of the overall item with their base, where they are shown. */
function splitOf({ cells }: ReportBlock) {
  const estimate = cells.find(({ line }) => line.level === 'overall')?.estimate
  if (estimate?.kind !== 'published' || estimate.figures.split === null) return undefined
  return { percents: estimate.figures.split.percents, base: estimate.figures.base }
}

interface Seen {
  readonly unitUid: string
  readonly kind: UnitKind
  readonly base: number
  readonly bestShare: number
}

function oddUnitsOf(units: readonly ReportBlock[], kindOf: (uid: string) => UnitKind | undefined) {
  const seen = units.flatMap((block): Seen[] => {
    const [split, kind] = [splitOf(block), kindOf(block.group.unitUid)]
    if (split === undefined || kind === undefined || split.base === 0) return []
    return [{ unitUid: block.group.unitUid, kind, base: split.base, bestShare: split.percents[BEST] / 100 }]
  })
  const compared = seen.flatMap((unit) => {
    const others = seen.filter((one) => one.kind === unit.kind && one.unitUid !== unit.unitUid)
    const base = others.reduce((all, one) => all + one.base, 0)
    if (base === 0) return []
    const share = others.reduce((all, one) => all + one.base * one.bestShare, 0) / base
    const difference = compareShares(
      { share, effectiveBase: base },
      { share: unit.bestShare, effectiveBase: unit.base },
    )
    return [{ unit, othersPercent: 100 * share, othersBase: base, difference }]
  })
  const adjusted = holm(compared.map(({ difference }) => difference.p))
  const oddUnits = compared
    .map(({ unit, othersPercent, othersBase, difference }, i): OddUnit => {
      const { unitUid, kind, base, bestShare } = unit
      const { points, lowPoints, highPoints } = difference
      const facts = { unitUid, kind, base, bestPercent: 100 * bestShare, othersPercent, othersBase }
      return { ...facts, difference: { points, lowPoints, highPoints }, adjustedP: adjusted[i]! }
    })
    .filter(({ difference, adjustedP }) => difference.points >= ODD_FROM_POINTS && adjustedP < ODD_BELOW)
    .toSorted((a, b) => b.difference.points - a.difference.points)
  return { comparedCount: compared.length, oddUnits }
}
