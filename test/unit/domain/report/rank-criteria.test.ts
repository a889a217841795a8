import { expect } from 'chai'
import type { ReportCell } from '../../../../server/domain/report/index-report.js'
import { rankCriteria } from '../../../../server/domain/report/rank-criteria.js'
import { part, unitReport } from '../../../support/report-data.js'

/** Cells of a unit where `satisfied` of 100 respondents chose the best level, by criterion. */
function cellsOf(satisfied: Readonly<Record<string, number>>): readonly ReportCell[] {
  const counted = Array.from({ length: 100 }, (_, i) => ({
    answers: Object.fromEntries(Object.entries(satisfied).map(([code, n]) => [code, i < n ? 5 : 1])),
    disposition: 'complete' as const,
  }))
  return unitReport([part('q1', counted)], { q1: 'city' }).blocks.find(({ group }) => group.scope === 'unit')!.cells
}

const codes = (cells: readonly { readonly line: { readonly code: string } }[]) => cells.map(({ line }) => line.code)

describe('the strongest and weakest criteria', () => {
  it('stand in order, the extreme ones first', () => {
    const { strongest, weakest } = rankCriteria(cellsOf({ C1: 50, C2: 90, C3: 70, C4: 80, C5: 60 }), 2)
    expect(codes(strongest)).to.deep.equal(['C2', 'C4'])
    expect(codes(weakest)).to.deep.equal(['C1', 'C5'])
  })

  it('never hold a criterion twice when there are few', () => {
    const { strongest, weakest } = rankCriteria(cellsOf({ C1: 50, C2: 90, C3: 70 }), 5)
    expect(codes(strongest)).to.deep.equal(['C2', 'C3'])
    expect(codes(weakest)).to.deep.equal(['C1'])
  })

  it('leave out modules and whatever stands outside the index', () => {
    const { strongest, weakest } = rankCriteria(cellsOf({ C1: 50, C4: 60, M1: 100, G1: 1 }), 5)
    expect([...codes(strongest), ...codes(weakest)]).to.deep.equal(['C4', 'C1'])
  })

  it('are empty when nothing can be shown', () => {
    expect(rankCriteria([], 5)).to.deep.equal({ strongest: [], weakest: [] })
  })
})
