import { expect } from 'chai'
import { indexReportRows } from '../../../../server/domain/report/index-report-rows.js'
import { part, responses, unitReport } from '../../../support/report-data.js'

// 61 people answered C1 (40 of them satisfied), 3 of them C2 (2 satisfied), 47 C3 (31 satisfied).
const answered = [
  ...responses(2, 2),
  ...responses(1, 0),
  ...responses(29, 29, { C2: 96 }),
  ...responses(15, 0, { C2: 96 }),
  ...responses(9, 9, { C2: 96, C3: 96 }),
  ...responses(5, 0, { C2: 96, C3: 96 }),
]
const C1 = (100 * 40) / 61
const C2 = (100 * 2) / 3
const C3 = (100 * 31) / 47

/** Values of C2 that fit a figure of F1 to within half a unit of its last digit, whatever the hidden counts may be. */
function candidates(f1Percent: number, halfUnit: number): readonly number[] {
  const found = new Set<number>()
  for (let n2 = 1; n2 <= 4; n2 += 1)
    for (let t2 = 0; t2 <= n2; t2 += 1)
      for (let n3 = 5; n3 <= 61; n3 += 1)
        for (let t3 = 0; t3 <= n3; t3 += 1) {
          const mean = (C1 + (100 * t2) / n2 + (100 * t3) / n3) / 3
          if (Math.abs(mean - f1Percent) <= halfUnit) found.add(t2 / n2)
        }
  return [...found]
}

describe('composites of something hidden', () => {
  const report = unitReport([part('q1', answered)], { q1: 'city' })
  const rows = [...indexReportRows(report)]
  const rowOf = (code: string) => rows.find((row) => row.scope === 'unit' && row.code === code)

  it('are shown to one decimal and say so, up to the index', () => {
    expect(rowOf('C2')).to.include({ status: 'suppressed', reason: 'too_few' })
    expect(rowOf('C3')).to.include({ status: 'suppressed', reason: 'complementary' })
    const f1 = Math.round(((C1 + C2 + C3) / 3) * 10) / 10
    expect(rowOf('F1')).to.include({ status: 'published', is_coarse: true, top_two_percent: f1 })
    expect(rowOf('overall')).to.include({ status: 'published', is_coarse: true })
    expect(rowOf('F2')).to.include({ status: 'published', is_coarse: false })
  })

  it('leave open what the hidden criterion is, which the unrounded mean would not', () => {
    const shown = Number(rowOf('F1')?.top_two_percent)
    expect(candidates((C1 + C2 + C3) / 3, 1e-9)).to.deep.equal([2 / 3])
    expect(candidates(shown, 0.05)).to.have.length.above(2)
  })

  it('carry no counts of their own: beside the mean these would give two hidden criteria away', () => {
    for (const rule of ['mean_of_children', 'pooled'] as const) {
      const all = [...indexReportRows(unitReport([part('q1', answered)], { q1: 'city' }, rule))]
      const composites = all.filter(({ level }) => level !== 'criterion')
      expect(composites.map(({ n_5, n_na, n_answers }) => [n_5, n_na, n_answers])).to.deep.equal(
        composites.map(() => [null, null, null]),
      )
    }
    expect(rowOf('C1')).to.include({ n_5: 40, n_2: 21, n_answers: 61 })
  })
})
