/**
 * What everybody can recompute of a release without its records: a criterion's percent and interval from how many answered, a
 * composite's percent from its parts, the mean of the units from the units. Intervals of composites and whatever stands on a
 * hidden part follow from the records alone.
 */
import { meanOfChildren } from '../index/aggregate.js'
import { wilsonInterval } from '../statistics/wilson.js'
import { type FigureDifference, type FigureTexts, figureName } from './compare-figures.js'

/** How many figures were looked at, and the first that does not follow from the others. */
export interface ShownCheck {
  /** Published headlines that follow from what stands beside them. */
  readonly recomputedCount: number
  /** Published headlines that follow from the records alone. */
  readonly byRecordsCount: number
  readonly difference: FigureDifference | null
}

interface Row {
  readonly line: number
  readonly texts: FigureTexts
  readonly number: (column: string) => number
}

/** Recomputes a table of figures from itself, in its order. */
export function checkShown(table: readonly FigureTexts[]): ShownCheck {
  const rows = table.map((texts, i): Row => ({ line: i + 2, texts, number: (column) => Number(texts[column]) }))
  const blocks = groupBy(rows, ({ texts }) => blockName(texts))
  const unitsOf = groupBy(
    rows.filter(({ texts }) => texts.scope === 'unit' && texts.status === 'published'),
    ({ texts }) => lineName(texts),
  )
  let recomputedCount = 0
  let byRecordsCount = 0
  for (const row of rows) {
    const { texts } = row
    if (texts.status !== 'published') continue
    const block = blocks.get(blockName(texts))!
    const expected =
      texts.rollup === 'simple_mean'
        ? { top_two_percent: meanOf(unitsOf.get(lineName(texts))) }
        : expectedOf(row, block)
    if (expected === null) {
      byRecordsCount += 1
      continue
    }
    recomputedCount += 1
    const difference = differenceOf(row, expected)
    if (difference !== null) return { recomputedCount, byRecordsCount, difference }
  }
  return { recomputedCount, byRecordsCount, difference: null }
}

const blockName = ({ rule, rollup, scope, unit_uid, service }: FigureTexts) =>
  `${rule} ${rollup} ${scope} ${unit_uid} ${service}`

const lineName = ({ rule, level, code }: FigureTexts) => `${rule} ${level} ${code}`

const meanOf = (rows: readonly Row[] = []) => meanOfChildren(rows.map(({ number }) => number('top_two_percent'))) ?? NaN

type Expected = Readonly<Record<string, number>>

/** `null`: not from the table alone. */
function expectedOf(row: Row, block: readonly Row[]): Expected | null {
  const { texts } = row
  const parts = partsOf(texts, block)
  if (parts.length === 0) return ofCounts(row)
  if (texts.is_coarse === 'true' || parts.some((part) => !isOpen(part))) return null
  const answered = parts.filter((part) => part.texts.status === 'published')
  if (texts.rule !== 'pooled') return { top_two_percent: meanOf(answered) }
  if (texts.level === 'overall') return null
  const sum = (value: (part: Row) => number) => answered.reduce((all, part) => all + value(part), 0)
  return { top_two_percent: (100 * sum(hitsOf)) / sum(({ number }) => number('n_valid')) }
}

const hitsOf = ({ number }: Row) => Math.round((number('top_two_percent') * number('n_valid')) / 100)

function ofCounts(row: Row): Expected {
  const base = row.number('n_valid')
  const hits = hitsOf(row)
  // No count that gives it: a cell was altered.
  if (!(base > 0 && hits >= 0 && hits <= base)) return { top_two_percent: NaN }
  const percent = (100 * hits) / base
  const { lowPercent, highPercent } = wilsonInterval(percent / 100, base)
  return { top_two_percent: percent, low_percent: lowPercent, high_percent: highPercent }
}

/** Shown with every digit, or answered by nobody: its figure, or that it has none, is known. */
const isOpen = ({ texts }: Row) =>
  texts.status === 'empty' || (texts.status === 'published' && texts.is_coarse !== 'true')

/** The rows of a block that a composite is made of; none for an item, nor for a composite on an item of its own. */
function partsOf({ level, code, rule }: FigureTexts, block: readonly Row[]): readonly Row[] {
  if (rule === 'single_item' || level === 'criterion') return []
  return block.filter(({ texts }) =>
    level === 'overall' ? texts.level === 'factor' && texts.in_index === 'true' : texts.factor_code === code,
  )
}

function differenceOf({ line, texts }: Row, expected: Expected): FigureDifference | null {
  const column = Object.keys(expected).find((name) => texts[name] !== String(expected[name]))
  if (column === undefined) return null
  return {
    file: 'figures.csv',
    line,
    figure: figureName(texts),
    column,
    released: texts[column] ?? '',
    recomputed: String(expected[column]),
  }
}

function groupBy<One>(all: readonly One[], keyOf: (one: One) => string): ReadonlyMap<string, readonly One[]> {
  const groups = new Map<string, One[]>()
  for (const one of all) {
    const key = keyOf(one)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [one])
    else group.push(one)
  }
  return groups
}
