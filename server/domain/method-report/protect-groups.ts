import type { DisclosurePolicy } from '../disclosure/policy.js'
import { hideRecoverable, type ProtectedCell, type Relation } from '../disclosure/relations.js'
import { decimalsOf, roundTo } from './decimals.js'
import { figureKey, type MethodLine } from './method-lines.js'
import type { MethodCell, MethodFigures, MethodGroup, MethodReport } from './method-report.js'

/**
 * Hides what would give away a figure hidden for confidentiality: by a roll-up and its parts, line by line, and by a composite
 * and the lines it is made of. What is made of something hidden is rounded.
 *
 * Scores between the worst and the best unit need no such thing: only figures that are shown take part in them
 * (`checkBlocks`), so whoever sees all of them learns nothing of a hidden one.
 *
 * @see server/decisions/0019-disclosure.md
 */
export function protectGroups(
  groups: readonly MethodGroup[],
  { lines, method }: Pick<MethodReport, 'lines' | 'method'>,
  { minRespondents }: Pick<DisclosurePolicy, 'minRespondents'>,
): readonly MethodGroup[] {
  if (method.standardisation !== undefined) return groups
  const byCode = new Map(lines.map((line) => [line.code, line]))
  const cells = new Map<string, ProtectedCell>()
  const confidential = new Set<string>()
  for (const { key, cells: own } of groups) {
    for (const cell of own) {
      const place = placeOf(key, cell.line)
      const base = baseToReckonWith(cell, minRespondents)
      if (base !== null) cells.set(place, { key: place, base })
      if (cell.estimate.kind === 'suppressed' && cell.estimate.reason === 'too_few') confidential.add(place)
    }
  }
  const relations = groups.flatMap((group) => relationsOf(group, byCode))
  const added = new Set(hideRecoverable([...cells.values()], relations, confidential, minRespondents))
  const decimals = decimalsOf(method.range)
  return groups.map((group) =>
    coarsen({ ...group, cells: group.cells.map((cell) => hide(cell, group, added)) }, decimals),
  )
}

const placeOf = (groupKey: string, line: MethodLine) => `${groupKey}|${figureKey(line)}`

/** Lines without a figure hide nothing and give nothing away; what is hidden anyway is the cheapest cover. */
function baseToReckonWith({ estimate }: MethodCell, minRespondents: number): number | null {
  if (estimate.kind === 'published') return estimate.figures.value === null ? null : estimate.figures.base
  if (estimate.kind === 'empty') return null
  return estimate.reason === 'too_few' ? 1 : minRespondents
}

function relationsOf({ key, parts, cells }: MethodGroup, byCode: ReadonlyMap<string, MethodLine>): readonly Relation[] {
  return cells.flatMap(({ line }): readonly Relation[] => {
    const total = placeOf(key, line)
    const madeOf = [...new Set(line.parts.map((code) => placeOf(key, byCode.get(code)!)))]
    return [
      ...(madeOf.length === 0 ? [] : [{ total, parts: madeOf, sharesRespondents: true }]),
      ...(parts.length === 0 ? [] : [{ total, parts: parts.map((part) => placeOf(part, line)) }]),
    ]
  })
}

function hide(cell: MethodCell, { key }: MethodGroup, added: ReadonlySet<string>): MethodCell {
  if (cell.estimate.kind !== 'published' || !added.has(placeOf(key, cell.line))) return cell
  return { ...cell, estimate: { kind: 'suppressed', reason: 'complementary' }, flags: {} }
}

/** Unrounded, the mean of four figures has digits enough to give two of them away. */
function coarsen(group: MethodGroup, decimals: number): MethodGroup {
  const byCode = new Map(group.cells.map((cell) => [cell.line.code, cell]))
  const isCoarse = ({ parts }: MethodLine): boolean =>
    parts.some((code) => {
      const part = byCode.get(code)
      return part !== undefined && (part.estimate.kind === 'suppressed' || isCoarse(part.line))
    })
  return {
    ...group,
    cells: group.cells.map((cell) =>
      cell.estimate.kind === 'published' && isCoarse(cell.line)
        ? { ...cell, isCoarse: true, estimate: { ...cell.estimate, figures: rounded(cell.estimate.figures, decimals) } }
        : cell,
    ),
  }
}

function rounded(figures: MethodFigures, decimals: number): MethodFigures {
  const { value, interval } = figures
  return {
    ...figures,
    value: value === null ? null : roundTo(value, decimals),
    interval: interval && { low: roundTo(interval.low, decimals), high: roundTo(interval.high, decimals) },
  }
}
