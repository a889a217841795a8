import { expect } from 'chai'
import fc from 'fast-check'
import {
  countsOfTables,
  createCaseTable,
  mergeItemCounts,
  tableOfCases,
} from '../../../../server/domain/method/case-table.js'
import type { Answers } from '../../../../server/domain/questionnaire/definition.js'

function tableOf(rows: readonly Answers[]) {
  const builder = createCaseTable(['A', 'B'])
  for (const answers of rows) builder.add(answers)
  return builder.result()
}

describe('a table of cases', () => {
  it('keeps one byte for each item and case, of the items asked for alone', () => {
    const table = tableOf([{ A: 5, B: 96, C: 1 }, { A: 2, T: 'text' }, {}])
    expect([table.size, table.codes.length]).to.deep.equal([3, 6])
    expect(countsOfTables([table])).to.deep.equal({ A: { codes: { 2: 1, 5: 1 } }, B: { codes: { 96: 1 } } })
  })

  it('is the same in whatever order the cases come, and grows past its first size', () => {
    const answer = fc.constantFrom(1, 2, 3, 4, 5, 96, 99)
    const rows = fc.array(fc.record({ A: answer, B: answer }), { minLength: 60, maxLength: 300 })
    fc.assert(
      fc.property(rows, (cases) => {
        const table = tableOf(cases)
        expect(table.size).to.equal(cases.length)
        expect(tableOf(cases.toReversed())).to.deep.equal(table)
      }),
      { numRuns: 20 },
    )
  })

  it('counts several tables together, weighted where asked', () => {
    const tables = [tableOf([{ A: 1 }, { A: 2 }]), tableOf([{ A: 1, B: 3 }])]
    expect(countsOfTables(tables).A?.codes).to.deep.equal({ 1: 2, 2: 1 })
    expect(countsOfTables(tables, (table, row) => table + row).A?.codes).to.deep.equal({ 1: 1, 2: 1 })
  })

  it('adds up counts of tables to those of all the tables', () => {
    const tables = [tableOf([{ A: 1 }, { A: 2 }]), tableOf([{ A: 1, B: 3 }]), tableOf([])]
    const merged = mergeItemCounts(tables.map((table) => countsOfTables([table])))
    expect(merged).to.deep.equal({ A: { codes: { 1: 2, 2: 1 } }, B: { codes: { 3: 1 } } })
    expect(merged).to.deep.equal(countsOfTables(tables))
  })

  it('refuses what is no code of one byte', () => {
    for (const code of [-1, 2.5, 255, 1990, Number.NaN]) {
      expect(() => tableOfCases([{ respondent: '1', answers: { A: code } }]), String(code)).to.throw(
        RangeError,
        'Codes',
      )
    }
  })

  it('has no row width when a method takes no item', () => {
    const builder = createCaseTable([])
    builder.add({ A: 1 })
    expect(builder.result()).to.deep.include({ size: 1, items: [] })
  })
})
