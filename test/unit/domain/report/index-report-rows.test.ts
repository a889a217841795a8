import { expect } from 'chai'
import { INDEX_REPORT_COLUMNS, indexReportRows } from '../../../../server/domain/report/index-report-rows.js'
import { part, responses, unitReport } from '../../../support/report-data.js'

const report = unitReport(
  [part('q1', responses(100, 62, { C2: 96 })), part('q3', responses(4, 4)), part('q5', responses(8, 2))],
  { q1: 'city', q3: 'city', q5: 'city' },
)
const rows = [...indexReportRows(report)]
const rowOf = (unit: string, code: string) =>
  rows.find((row) => row.scope === 'unit' && row.unit_uid === unit && row.code === code)

describe('rows of an index report', () => {
  it('have every column in the same order', () => {
    for (const row of rows) expect(Object.keys(row)).to.deep.equal([...INDEX_REPORT_COLUMNS])
  })

  it('carry base, split, nonresponse, headline, points and interval of a shown figure', () => {
    expect(rowOf('q1', 'C1')).to.deep.include({
      status: 'published',
      n_responses: 100,
      n_valid: 100,
      n_2: 38,
      n_5: 62,
      percent_5: 62,
      n_na: 0,
      top_two_percent: 62,
      // (38·2 + 62·5)/100 = 3.86; (3.86 − 1)/4 = 71.5 %.
      mean_0_100: 71.5,
      rule: 'mean_of_children',
      unit_name_vi: 'Tên q1',
    })
  })

  it('say why a figure is hidden and hold no number of it, not even 0', () => {
    const hidden = rowOf('q3', 'C1')
    expect(hidden).to.deep.include({ status: 'suppressed', reason: 'too_few', n_valid: null, n_5: null, n_na: null })
    expect(hidden?.top_two_percent).to.equal(null)
  })

  it('say that nobody answered', () => {
    expect(rowOf('q1', 'C2')).to.deep.include({ status: 'empty', n_valid: 0, top_two_percent: null })
  })

  it('name how the total was put together', () => {
    const totals = rows.filter((row) => row.scope === 'total' && row.code === 'C1')
    expect(totals.map((row) => [row.rollup, row.n_units])).to.deep.equal([
      ['pooled', null],
      ['simple_mean', 1],
    ])
  })
})
