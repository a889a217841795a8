import { type Line, lineKey } from '../index/lines.js'
import type { ReportBlock } from '../report/index-report.js'
import { type KindMedian, mediansOfKind } from '../report/kind-median.js'
import type { PublishedCell } from '../report/rank-criteria.js'
import { isSignificantlyLow, SATISFACTION_TARGETS } from '../report/targets.js'
import type { UnitKind } from '../units/unit.js'

/** Kind of a unit by its uid. */
export type KindOf = (uid: string) => UnitKind | undefined

/** Medians of a kind's units, by line key. */
type Medians = ReadonlyMap<string, KindMedian>

/** One line of a unit whose figure is shown, held against the target and the median of its kind. */
export interface JudgedUnit {
  readonly block: ReportBlock
  readonly kind: UnitKind
  readonly estimate: PublishedCell['estimate']
  /** `undefined` where fewer than three units of its kind have a figure. */
  readonly median: KindMedian | undefined
  readonly isBelowTarget: boolean
  readonly isBelowMedian: boolean
}

/** All units of a report at one line. */
export interface JudgedLine {
  /** Units with a figure, in the order of the report. */
  readonly judged: readonly JudgedUnit[]
  /** Of them those significantly below the target, or the median of their kind, or both; the lowest first. */
  readonly weak: readonly JudgedUnit[]
  /** Comparisons made: one with the target for each unit, one more where there is a median. */
  readonly testCount: number
  /** Of so many comparisons, about as many units would be listed by chance if each stood exactly at its bound. */
  readonly byChance: number
  /** Units whose figure is hidden. */
  readonly hiddenCount: number
  /** Units about which nobody answered. */
  readonly emptyCount: number
}

/**
 * The chance that the upper 95 % bound of a figure lies below a value that it truly has, as its level says.
 *
 * Exactly it jumps with the base: for a share of 80 % on 30 to 400 answers from 2.0 to 4.3 %, 2.8 % on average.
 */
export const CHANCE_BELOW = 0.025

/** Blocks of single units. */
export const unitBlocks = (blocks: readonly ReportBlock[]) => blocks.filter(({ group }) => group.scope === 'unit')

/** Medians of every kind in a report, of shown figures alone. */
export function mediansByKind(blocks: readonly ReportBlock[], kindOf: KindOf): ReadonlyMap<UnitKind, Medians> {
  const uidsOf = new Map<UnitKind, Set<string>>()
  for (const { group } of unitBlocks(blocks)) {
    const kind = kindOf(group.unitUid)
    if (kind !== undefined) uidsOf.set(kind, new Set([...(uidsOf.get(kind) ?? []), group.unitUid]))
  }
  return new Map([...uidsOf].map(([kind, uids]) => [kind, mediansOfKind(blocks, uids)]))
}

/**
 * Holds one line of every unit against the first national target and the median of its kind.
 *
 * Low is what lies below by its whole 95 % interval. Nothing is corrected for the number of units: `byChance` says what to
 * expect of luck. Only shown figures go in.
 *
 * @see methodology 4.9; server/decisions/0013-comparing-units.md
 */
export function judgeUnits(
  blocks: readonly ReportBlock[],
  line: Pick<Line, 'level' | 'code'>,
  medians: ReadonlyMap<UnitKind, Medians>,
  kindOf: KindOf,
): JudgedLine {
  const key = lineKey(line)
  const judged: JudgedUnit[] = []
  let [hiddenCount, emptyCount] = [0, 0]
  for (const block of unitBlocks(blocks)) {
    const kind = kindOf(block.group.unitUid)
    const estimate = block.cells.find((cell) => lineKey(cell.line) === key)?.estimate ?? { kind: 'empty' as const }
    if (kind === undefined || estimate.kind === 'empty') emptyCount += 1
    else if (estimate.kind !== 'published') hiddenCount += 1
    else judged.push(judgedUnit(block, kind, estimate, medians.get(kind)?.get(key)))
  }
  const testCount = judged.length + judged.filter(({ median }) => median !== undefined).length
  const weak = judged.filter(({ isBelowTarget, isBelowMedian }) => isBelowTarget || isBelowMedian)
  return {
    judged,
    weak: weak.toSorted((a, b) => percentOf(a) - percentOf(b)),
    testCount,
    byChance: CHANCE_BELOW * testCount,
    hiddenCount,
    emptyCount,
  }
}

const percentOf = ({ estimate }: JudgedUnit) => estimate.figures.topTwoBoxPercent

function judgedUnit(
  block: ReportBlock,
  kind: UnitKind,
  estimate: JudgedUnit['estimate'],
  median: KindMedian | undefined,
): JudgedUnit {
  const { interval } = estimate.figures
  return {
    block,
    kind,
    estimate,
    median,
    isBelowTarget: isSignificantlyLow(interval, SATISFACTION_TARGETS[0].percent),
    isBelowMedian: isSignificantlyLow(interval, median?.percent),
  }
}
