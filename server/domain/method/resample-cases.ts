import type { SeededStream } from '../statistics/random/seeded-stream.js'
import { type CaseTable, NOT_STORED } from './case-table.js'
import type { MeasuredUnit } from './measure-unit.js'
import type { Method } from './method.js'
import type { ReplicateBlock } from './replicate-values.js'
import { scoreOfAnswer } from './transformations.js'

/** What of one table a criterion is summed from. */
interface Column {
  /** Of the criterion in the tree. */
  readonly place: number
  /** Of the item in the table. */
  readonly column: number
  /** What each stored code adds; NaN where it is not counted. */
  readonly scores: Float64Array
}

/**
 * Draws respondents with replacement, one fewer than there are, and measures every criterion on those drawn.
 *
 * Weights would all be n/(n−1) times the times drawn; a constant, it cancels in every mean. What a unit was too small for in the
 * sample it has no figure of in any replicate.
 *
 * @param cases tables of each unit
 * @param measured the sample's own absolute figures, in the order of the units
 * @returns a function that draws the next replicate: absolute figures of each unit by place of its tree, NaN where there is none;
 *   the arrays are used again
 * @see Rao, J. N. K., Wu, C. F. J., Yue, K. (1992) Survey Methodology 18, 209-217
 */
export function createResampler(
  method: Method,
  cases: readonly (readonly CaseTable[])[],
  measured: readonly MeasuredUnit[],
  blocks: readonly ReplicateBlock[],
  stream: SeededStream,
): () => readonly Float64Array[] {
  const { clusterOf, size } = clustersOf(cases.flat())
  const drawn = new Uint32Array(size)
  const codesOf = new Map(blocks.flatMap(({ tree, units }) => units.map((u) => [u, tree.codes] as const)))
  const scores = scoresOf(method)
  const columns = cases.map((tables, u) =>
    tables.map((table) => columnsOf(method, scores, table, measured[u]!, codesOf.get(u)!)),
  )
  const totals = cases.map((_, u) => new Float64Array(codesOf.get(u)!.length))
  const answers = totals.map(({ length }) => new Float64Array(length))
  return () => {
    drawn.fill(0)
    if (size === 1) drawn[0] = 1
    for (let draw = 1; draw < size; draw++) drawn[stream.below(size)]! += 1
    let first = 0
    cases.forEach((tables, u) => {
      totals[u]!.fill(0)
      answers[u]!.fill(0)
      tables.forEach((table, t) => {
        const start = first
        addTo(totals[u]!, answers[u]!, table, columns[u]![t]!, (row) => drawn[clusterOf(start + row)]!)
        first += table.size
      })
    })
    totals.forEach((sums, u) => {
      // Nothing drawn: 0/0 is NaN, as it should be.
      for (let place = 0; place < sums.length; place++) sums[place]! /= answers[u]![place]!
    })
    return totals
  }
}

/** Rows of one respondent, in whatever table, are drawn together. */
function clustersOf(tables: readonly CaseTable[]) {
  const rows = tables.reduce((sum, { size }) => sum + size, 0)
  if (tables.every(({ respondents }) => respondents === undefined)) {
    return { clusterOf: (row: number) => row, size: rows }
  }
  const known = new Map<string, number>()
  const clusters = new Uint32Array(rows)
  let row = 0
  tables.forEach(({ size, respondents }, t) => {
    for (let i = 0; i < size; i++) {
      const name = respondents === undefined ? `${t} ${i}` : `of ${respondents[i]}`
      if (!known.has(name)) known.set(name, known.size)
      clusters[row++] = known.get(name)!
    }
  })
  return { clusterOf: (at: number) => clusters[at]!, size: known.size }
}

/** As measured: a negative statement is turned round between the units only. */
function scoresOf(method: Method): Float64Array {
  return Float64Array.from({ length: NOT_STORED + 1 }, (_, stored) =>
    stored === NOT_STORED ? Number.NaN : (scoreOfAnswer(stored, method) ?? Number.NaN),
  )
}

function columnsOf(
  method: Method,
  scores: Float64Array,
  { items }: CaseTable,
  unit: MeasuredUnit,
  codes: readonly string[],
): readonly Column[] {
  const minBase = method.standardisation?.minBase ?? 0
  return [...unit].flatMap(([code, { item, sums }]) => {
    const column = item === null ? -1 : items.indexOf(item)
    if (column < 0 || sums.answers < minBase) return []
    return [{ place: codes.indexOf(code), column, scores }]
  })
}

function addTo(
  totals: Float64Array,
  answers: Float64Array,
  { items, size, codes }: CaseTable,
  columns: readonly Column[],
  timesOf: (row: number) => number,
): void {
  for (let row = 0, start = 0; row < size; row++, start += items.length) {
    const times = timesOf(row)
    if (times === 0) continue
    for (const { place, column, scores } of columns) {
      const score = scores[codes[start + column]!]!
      if (Number.isNaN(score)) continue
      answers[place]! += times
      totals[place]! += times * score
    }
  }
}
