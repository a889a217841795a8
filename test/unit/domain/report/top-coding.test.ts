import { expect } from 'chai'
import { indexReportRows } from '../../../../server/domain/report/index-report-rows.js'
import { part, responses, unitReport } from '../../../support/report-data.js'

const parents = { q1: 'city', q3: 'city', q5: 'city' }
// 39 of 40 (97.5 %), 3 of 80 (3.75 %), 120 of 120.
const city = [part('q1', responses(40, 39)), part('q3', responses(80, 3)), part('q5', responses(120, 120))]

const rowsFor = (reader: 'internal' | 'public') => [...indexReportRows(unitReport(city, parents, 'pooled', reader))]
const rowAt = (reader: 'internal' | 'public', unit: string) =>
  rowsFor(reader).find((row) => row.unit_uid === unit && row.code === 'C1')

describe('shares near 0 and 100 percent of few people', () => {
  it('are told to the public as a side alone, without any number that gives them back', () => {
    const high = rowAt('public', 'q1')!
    expect(high).to.include({ status: 'coded', at_least_percent: 95, at_most_percent: null, n_valid: 40, flag: '†' })
    const low = rowAt('public', 'q3')!
    expect(low).to.include({ status: 'coded', at_least_percent: null, at_most_percent: 5, n_valid: 80, flag: null })
    for (const row of [high, low]) {
      const figures = Object.entries(row).filter(([column]) => /^(n_[1-5]|percent_|top_two|mean|low|high)/.test(column))
      expect(figures.map(([, value]) => value)).to.deep.equal(figures.map(() => null))
    }
  })

  it('are shown as they are to readers inside, and of 100 people to everybody', () => {
    expect(rowAt('internal', 'q1')).to.include({ status: 'published', top_two_percent: 97.5, n_5: 39 })
    expect(rowAt('public', 'q5')).to.include({ status: 'published', top_two_percent: 100 })
  })

  it('come back neither from the split of other rows nor from the mean of the units', () => {
    const rows = rowsFor('public').filter(({ code }) => code === 'C1')
    const units = rows.filter(({ scope }) => scope === 'unit')
    expect(units.map(({ n_5, percent_5 }) => [n_5, percent_5])).to.deep.equal(units.map(() => [null, null]))
    expect(rows.find(({ rollup }) => rollup === 'simple_mean')).to.include({
      status: 'suppressed',
      top_two_percent: null,
    })
  })
})
