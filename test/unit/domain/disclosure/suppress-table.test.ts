import { expect } from 'chai'
import fc from 'fast-check'
import { suppressTable } from '../../../../server/domain/disclosure/suppress-table.js'
import {
  boundsOfHidden,
  type CountTable,
  canBeRecovered,
  hiddenPlaces,
} from '../../../../server/domain/disclosure/two-way-table.js'
import { golden } from '../../../support/golden.js'

const { counts_nam_nu, k, primary, complementary } = golden.L1_suppression
const rows = Object.keys(counts_nam_nu)
const l1: CountTable = Object.values(counts_nam_nu)
const name = ({ row, column }: { row: number; column: number }) => [rows[row], ['nam', 'nu'][column]]

const tables = fc
  .record({ rows: fc.integer({ min: 2, max: 5 }), columns: fc.integer({ min: 2, max: 4 }) })
  .chain((size) =>
    fc.array(fc.array(fc.oneof(fc.nat(8), fc.nat(60)), { minLength: size.columns, maxLength: size.columns }), {
      minLength: size.rows,
      maxLength: size.rows,
    }),
  )

describe('suppression in a two-way table', () => {
  it('hides exactly the cells of acceptance value L1', () => {
    const result = suppressTable(l1, k)
    if (result.kind !== 'protected') throw new Error(result.reason)
    expect(result.primary.map(name)).to.deep.equal(primary)
    expect(result.complementary.map(name)).to.have.deep.members(complementary.map((cell) => [...cell]))
    expect(canBeRecovered(l1, result.hidden)).to.equal(false)
  })

  it('finds that blanking the primary cell of L1 alone gives it away: 31 - 28 = 3', () => {
    const onlyPrimary = l1.map((cells, row) => cells.map((_, column) => row === 1 && column === 0))
    expect(canBeRecovered(l1, onlyPrimary)).to.equal(true)
    expect(boundsOfHidden(l1, onlyPrimary)).to.deep.equal([{ row: 1, column: 0, low: 3, high: 3 }])
  })

  it('bounds the cells of a hidden block by what the block leaves', () => {
    // Hidden 3 28 / 6 19: Q3-nam may fall to 0 and rise by min(28, 6) = 6 to 9.
    const result = suppressTable(l1, k)
    if (result.kind !== 'protected') throw new Error(result.reason)
    expect(boundsOfHidden(l1, result.hidden)[0]).to.deep.equal({ row: 1, column: 0, low: 0, high: 9 })
  })

  it('sees through a hidden cell that alone joins two hidden blocks', () => {
    // Two blocks of 2 by 2 and one cell (row 1, column 2) between them: the totals of the first block give it away.
    const table = Array.from({ length: 4 }, () => [10, 10, 10, 10])
    const hidden = [
      [true, true, false, false],
      [true, true, true, false],
      [false, false, true, true],
      [false, false, true, true],
    ]
    const exact = boundsOfHidden(table, hidden).filter(({ low, high }) => low === high)
    expect(exact).to.deep.equal([{ row: 1, column: 2, low: 10, high: 10 }])
  })

  it('sees that a block with zeros in both directions cannot move', () => {
    const table = [
      [0, 3],
      [0, 9],
    ]
    const hidden = [
      [true, true],
      [true, true],
    ]
    expect(canBeRecovered(table, hidden)).to.equal(true)
  })

  it('never leaves a cell that can be worked out, and never shows a small count', () => {
    fc.assert(
      fc.property(tables, (table) => {
        const result = suppressTable(table, 5)
        if (result.kind === 'withheld') return
        expect(canBeRecovered(table, result.hidden)).to.equal(false)
        table.forEach((cells, row) => {
          cells.forEach((count, column) => {
            if (count < 5) expect(result.hidden[row]![column]).to.equal(true)
          })
        })
      }),
    )
  })

  it('has bounds that a search through all tables with the same totals confirms', () => {
    const small = fc.array(fc.array(fc.nat(3), { minLength: 3, maxLength: 3 }), { minLength: 2, maxLength: 2 })
    const mask = fc.array(fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }), { minLength: 2, maxLength: 2 })
    fc.assert(
      fc.property(small, mask, (table, hidden) => {
        const found = allTablesLike(table, hidden)
        for (const { row, column, low, high } of boundsOfHidden(table, hidden)) {
          const values = found.map((candidate) => candidate[row]![column]!)
          expect([Math.min(...values), Math.max(...values)]).to.deep.equal([low, high])
        }
      }),
      { numRuns: 60 },
    )
  })

  it('hides nothing when every count is large', () => {
    const result = suppressTable(
      [
        [9, 9],
        [9, 9],
      ],
      5,
    )
    expect(result).to.deep.include({ kind: 'protected', primary: [], complementary: [] })
  })

  it('withholds a table with a total under the threshold', () => {
    const table = [
      [1, 2],
      [40, 40],
    ]
    expect(suppressTable(table, 5)).to.deep.equal({ kind: 'withheld', reason: 'small_total' })
  })

  it('hides every cell where only that keeps them apart', () => {
    const table = [
      [0, 40],
      [9, 0],
    ]
    const result = suppressTable(table, 5)
    expect(result).to.deep.include({
      kind: 'protected',
      hidden: [
        [true, true],
        [true, true],
      ],
    })
  })

  it('refuses ragged rows and counts that are no whole numbers', () => {
    expect(() => suppressTable([[1, 2], [3]], 5)).to.throw(RangeError)
    expect(() => suppressTable([[1.5]], 5)).to.throw(RangeError)
    expect(() => suppressTable([[-1]], 5)).to.throw(RangeError)
  })
})

/** Every table of counts that agrees with the shown cells and the totals: tries all values up to the row total. */
function allTablesLike(table: CountTable, hidden: readonly (readonly boolean[])[]): readonly CountTable[] {
  const sums = (one: CountTable) => [
    ...one.map((row) => row.reduce((a, b) => a + b, 0)),
    ...one[0]!.map((_, column) => one.reduce((sum, row) => sum + row[column]!, 0)),
  ]
  const target = sums(table).join()
  let candidates: number[][][] = [table.map((row) => [...row])]
  for (const { row, column } of hiddenPlaces(hidden)) {
    const most = Math.min(
      table[row]!.reduce((a, b) => a + b, 0),
      table.reduce((sum, cells) => sum + cells[column]!, 0),
    )
    candidates = candidates.flatMap((candidate) =>
      Array.from({ length: most + 1 }, (_, value) => {
        const copy = candidate.map((cells) => [...cells])
        copy[row]![column] = value
        return copy
      }),
    )
    if (candidates.length > 20_000) return [table, ...candidates.filter((one) => sums(one).join() === target)]
  }
  return candidates.filter((one) => sums(one).join() === target)
}
