import { type Estimate, estimateOf } from '../disclosure/estimate.js'
import type { DisclosurePolicy } from '../disclosure/policy.js'
import { meanOfChildren } from '../index/aggregate.js'
import { type Line, lineKey } from '../index/lines.js'
import type { ScaleCounts } from '../index/scoring.js'
import { wilsonInterval } from '../statistics/wilson.js'
import type { ReportBlock, ReportCell } from './index-report.js'
import { fromShown } from './make-shown.js'
import type { ShownFigures } from './shown-figures.js'

/**
 * The simple mean of the units (bình quân giản đơn các đơn vị): another statistic than the pooled total, each unit once.
 *
 * Only units whose figure is shown go in, and how many is said: so the mean gives no hidden unit away. Variance
 * = Σ p(1−p)/n_eff / U² over U independent units; interval: Wilson on p̄(1−p̄) / variance.
 *
 * @param blocks the blocks of a report by unit, protected, the pooled total first
 * @returns `null` with fewer than two units
 */
export function simpleMeanOf(
  blocks: readonly ReportBlock[],
  lines: readonly Line[],
  policy: DisclosurePolicy,
): ReportBlock | null {
  const total = blocks[0]
  const units = blocks.filter(({ group }) => group.scope === 'unit')
  if (total === undefined || units.length < 2) return null
  const shown = new Map(lines.map((line, i) => [lineKey(line), units.flatMap(({ cells }) => publishedOf(cells[i]))]))
  return {
    ...total,
    rollup: 'simple_mean',
    unitCounts: Object.fromEntries([...shown].map(([key, figures]) => [key, figures.length])),
    cells: lines.map((line, i): ReportCell => {
      const own = units.flatMap(({ cells }) => cells[i] ?? [])
      return { line, estimate: meanEstimate(shown.get(lineKey(line)) ?? [], own, total.cells[i], policy) }
    }),
  }
}

/** Without the units at the edges, of which only the side is told, the mean would be of others than it says. */
function meanEstimate(
  figures: readonly ShownFigures[],
  units: readonly ReportCell[],
  total: ReportCell | undefined,
  policy: DisclosurePolicy,
): Estimate<ShownFigures> {
  if (units.some(({ estimate }) => estimate.kind === 'coded')) return { kind: 'suppressed', reason: 'complementary' }
  if (figures.length > 0) return estimateOf(meanFigures(figures), policy)
  return total?.estimate.kind === 'empty' ? { kind: 'empty' } : { kind: 'suppressed', reason: 'unreliable' }
}

function publishedOf(cell: ReportCell | undefined): readonly ShownFigures[] {
  return cell?.estimate.kind === 'published' ? [cell.estimate.figures] : []
}

function meanFigures(units: readonly ShownFigures[]): ShownFigures {
  const mean = (value: (unit: ShownFigures) => number) => meanOfChildren(units.map(value)) ?? 0
  const sum = (value: (unit: ShownFigures) => number) => units.reduce((total, unit) => total + value(unit), 0)
  const topTwoBoxPercent = mean((unit) => unit.topTwoBoxPercent)
  const share = Math.min(1, topTwoBoxPercent / 100)
  const variance =
    sum(({ topTwoBoxPercent: p, effectiveBase }) => (p * (100 - p)) / 10_000 / effectiveBase) / units.length ** 2
  const spread = share * (1 - share)
  const effectiveBase = variance > 0 && spread > 0 ? spread / variance : sum((unit) => unit.effectiveBase)
  return fromShown({
    base: sum((unit) => unit.base),
    topTwoBoxPercent,
    effectiveBase,
    interval: wilsonInterval(share, effectiveBase),
    split: meanSplit(units),
    counts: countsTogether(units),
  })
}

/** `null` unless every unit shows its own. */
function meanSplit(units: readonly ShownFigures[]): ShownFigures['split'] {
  const splits = units.flatMap(({ split }) => split ?? [])
  if (splits.length < units.length) return null
  const mean = (value: (split: (typeof splits)[number]) => number) => meanOfChildren(splits.map(value)) ?? 0
  return { percents: fiveOf((i) => mean(({ percents }) => percents[i])), points: mean(({ points }) => points) }
}

function countsTogether(units: readonly ShownFigures[]): ShownFigures['counts'] {
  const all = units.flatMap(({ counts }) => counts ?? [])
  if (all.length < units.length) return null
  const sum = (value: (counts: (typeof all)[number]) => number) => all.reduce((total, one) => total + value(one), 0)
  return {
    answers: sum(({ answers }) => answers),
    counts: fiveOf((i) => sum(({ counts }) => counts[i])),
    nonresponse: {
      notApplicable: sum(({ nonresponse }) => nonresponse.notApplicable),
      dontKnow: sum(({ nonresponse }) => nonresponse.dontKnow),
      refused: sum(({ nonresponse }) => nonresponse.refused),
      blank: sum(({ nonresponse }) => nonresponse.blank),
    },
  }
}

function fiveOf(value: (i: 0 | 1 | 2 | 3 | 4) => number): ScaleCounts {
  return [value(0), value(1), value(2), value(3), value(4)]
}
