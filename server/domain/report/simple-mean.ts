import { estimateOf, type PublishedEstimate } from '../disclosure/estimate.js'
import type { DisclosurePolicy } from '../disclosure/policy.js'
import { meanOfChildren } from '../index/aggregate.js'
import type { LineFigures } from '../index/line-figures.js'
import { type Line, lineKey } from '../index/lines.js'
import { wilsonInterval } from '../statistics/wilson.js'
import type { ReportBlock, ReportCell } from './index-report.js'

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
      const figures = shown.get(lineKey(line)) ?? []
      if (figures.length > 0) return { line, estimate: estimateOf(meanFigures(figures), policy) }
      const isEmpty = total.cells[i]?.estimate.kind === 'empty'
      return { line, estimate: isEmpty ? { kind: 'empty' } : { kind: 'suppressed', reason: 'unreliable' } }
    }),
  }
}

function publishedOf(cell: ReportCell | undefined): readonly LineFigures[] {
  return cell?.estimate.kind === 'published' ? [(cell.estimate satisfies PublishedEstimate<LineFigures>).figures] : []
}

function meanFigures(units: readonly LineFigures[]): LineFigures {
  const mean = (value: (unit: LineFigures) => number) => meanOfChildren(units.map(value)) ?? 0
  const sum = (value: (unit: LineFigures) => number) => units.reduce((total, unit) => total + value(unit), 0)
  const topTwoBoxPercent = mean((unit) => unit.topTwoBoxPercent)
  const share = Math.min(1, topTwoBoxPercent / 100)
  const variance =
    sum(({ topTwoBoxPercent: p, effectiveBase }) => (p * (100 - p)) / 10_000 / effectiveBase) / units.length ** 2
  const spread = share * (1 - share)
  const effectiveBase = variance > 0 && spread > 0 ? spread / variance : sum((unit) => unit.effectiveBase)
  return {
    base: sum((unit) => unit.base),
    answers: sum((unit) => unit.answers),
    counts: fiveOf((i) => sum(({ counts }) => counts[i])),
    nonresponse: {
      notApplicable: sum(({ nonresponse }) => nonresponse.notApplicable),
      dontKnow: sum(({ nonresponse }) => nonresponse.dontKnow),
      refused: sum(({ nonresponse }) => nonresponse.refused),
      blank: sum(({ nonresponse }) => nonresponse.blank),
    },
    percents: fiveOf((i) => mean(({ percents }) => percents[i])),
    topTwoBoxPercent,
    points: mean((unit) => unit.points),
    effectiveBase,
    interval: wilsonInterval(share, effectiveBase),
  }
}

function fiveOf(value: (i: 0 | 1 | 2 | 3 | 4) => number): LineFigures['counts'] {
  return [value(0), value(1), value(2), value(3), value(4)]
}
