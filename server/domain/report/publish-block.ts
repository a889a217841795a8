import { codedSide, estimateOf } from '../disclosure/estimate.js'
import type { DisclosurePolicy, SuppressionReason } from '../disclosure/policy.js'
import type { LineFigures } from '../index/line-figures.js'
import type { Line } from '../index/lines.js'
import type { ReportBlock, ReportCell } from './index-report.js'
import { coarseHeadline, fullFigures, headlineOnly } from './make-shown.js'
import { partVariants, placeOf, type RawBlock, type RawCell, variantOf } from './raw-block.js'
import type { ShownFigures } from './shown-figures.js'

/** What was decided on the places of a report. */
export interface Verdicts {
  readonly differing: ReadonlySet<string>
  /** Hidden to protect others; those among them that are unreliable say so instead. */
  readonly complementary: ReadonlySet<string>
  /** Everything that must not be worked out, or whose being worked out would help: hidden or coded. */
  readonly closed: ReadonlySet<string>
}

/** A block as a reader sees it; cells stay in their order. */
export function publishBlock(block: RawBlock, verdicts: Verdicts, policy: DisclosurePolicy): ReportBlock {
  const byVariant = new Map(block.cells.map((cell) => [variantOf(cell.line, cell.rule), cell]))
  return { ...block, cells: block.cells.map((cell) => publish(cell, block, byVariant, verdicts, policy)) }
}

function publish(
  { line, rule, figures }: RawCell,
  block: RawBlock,
  byVariant: ReadonlyMap<string, RawCell>,
  verdicts: Verdicts,
  policy: DisclosurePolicy,
): ReportCell {
  const place = placeOf(block.group.key, line, rule)
  const plain = estimateOf(figures, policy)
  if (plain.kind !== 'published') return { line, estimate: plain }
  const reason = reasonOf(place, verdicts)
  if (reason !== null) return { line, estimate: { kind: 'suppressed', reason } }
  const { reliability } = plain
  const side = codedSide(plain.figures, policy)
  if (side !== null && policy.topCoding !== undefined) {
    const { edgePercent } = policy.topCoding
    const percent = side === 'at_most' ? edgePercent : 100 - edgePercent
    return { line, estimate: { kind: 'coded', side, percent, base: plain.figures.base, reliability } }
  }
  const isCoarse = line.item === null && hasClosedPart(line, rule, block.group.key, byVariant, verdicts)
  const shown = isCoarse ? coarseHeadline(plain.figures) : shownFigures(line, block, plain.figures, policy)
  return { line, ...(isCoarse ? { isCoarse } : {}), estimate: { kind: 'published', figures: shown, reliability } }
}

function reasonOf(place: string, { differing, complementary }: Verdicts): SuppressionReason | null {
  if (differing.has(place)) return 'differencing'
  return complementary.has(place) ? 'complementary' : null
}

/**
 * Whether something that a composite is made of, down to its criteria, is hidden for confidentiality or for another's sake, or
 * coded. A part that is only unreliable may be worked out.
 */
function hasClosedPart(
  line: Line,
  rule: RawCell['rule'],
  groupKey: string,
  byVariant: ReadonlyMap<string, RawCell>,
  { closed }: Pick<Verdicts, 'closed'>,
): boolean {
  return partVariants(line, rule).some((variant) => {
    const part = byVariant.get(variant)
    if (part === undefined || part.figures === null) return false
    return closed.has(`${groupKey}|${variant}`) || hasClosedPart(part.line, rule, groupKey, byVariant, { closed })
  })
}

/**
 * All figures of a line, or its headline alone.
 *
 * Where extremes are coded, a share of 0 among the five would be one: with few respondents no split is shown. Nor is that of a
 * part of a total, since the total's counts less the others' would give back a split that is left out.
 */
function shownFigures(
  line: Line,
  { group }: RawBlock,
  figures: LineFigures,
  { topCoding }: DisclosurePolicy,
): ShownFigures {
  if (topCoding === undefined) return fullFigures(line, figures)
  const isTotal = group.scope === 'total' && figures.base >= topCoding.minExactBase
  return isTotal ? fullFigures(line, figures) : headlineOnly(figures)
}
