import { expect } from 'chai'
import { reportFilters, toReportQuery } from '../../../../server/features/index-reports/report-request.js'

const parse = (query: Record<string, string>) => reportFilters.safeParse(query)

describe('filters of a report', () => {
  it('default to every unit, the whole wave and the mean of children; empty fields choose nothing', () => {
    for (const query of [{}, { unit: '', kind: '', service: '', from: '', to: '', by: '', rule: '' }]) {
      expect(toReportQuery('w', parse(query).data!)).to.deep.equal({
        waveId: 'w',
        unitUid: null,
        kinds: [],
        service: null,
        breakdown: 'unit',
        rule: 'mean_of_children',
        period: { from: null, to: null },
      })
    }
  })

  it('are refused when they are no unit, kind, rule, breakdown or day', () => {
    const wrong = [{ unit: '$ne' }, { kind: 'castle' }, { rule: 'best' }, { by: 'mood' }, { from: '2026-02-30' }]
    for (const query of wrong) expect(parse(query as Record<string, string>).success).to.equal(false)
  })
})
