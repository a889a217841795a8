import { expect } from 'chai'
import fc from 'fast-check'
import { addDays, addMonths } from '../../../../server/domain/survey/day.js'
import { stretchesOf } from '../../../../server/features/tallies/read-tallies.js'

const period = (from: string | null, to: string | null) => ({ period: { from, to }, by: 'unit' as const })

describe('stretches of a period', () => {
  it('are the whole wave without bounds, and months when months are told apart', () => {
    expect(stretchesOf(period(null, null))).to.deep.equal([{ grain: 'wave', from: null, to: null }])
    expect(stretchesOf({ period: { from: null, to: null }, by: 'month' })).to.deep.equal([
      { grain: 'month', from: null, to: null },
    ])
  })

  it('are days, whole months, days', () => {
    expect(stretchesOf(period('2026-01-10', '2026-04-05'))).to.deep.equal([
      { grain: 'day', from: '2026-01-10', to: '2026-02-01' },
      { grain: 'month', from: '2026-02-01', to: '2026-04-01' },
      { grain: 'day', from: '2026-04-01', to: '2026-04-05' },
    ])
  })

  it('are days alone inside a month, and nothing for an empty period', () => {
    expect(stretchesOf(period('2026-01-10', '2026-01-20'))).to.deep.equal([
      { grain: 'day', from: '2026-01-10', to: '2026-01-20' },
    ])
    expect(stretchesOf(period('2026-01-10', '2026-01-10'))).to.deep.equal([])
  })

  it('cover every day of the period once', () => {
    const day = fc.integer({ min: 0, max: 500 }).map((n) => addDays('2025-12-15', n))
    fc.assert(
      fc.property(day, day, (a, b) => {
        const [from, to] = a < b ? [a, b] : [b, a]
        const bounds = stretchesOf(period(from, to)).filter((stretch) => stretch.from! < stretch.to!)
        const ends = bounds.flatMap((stretch) => [stretch.from, stretch.to])
        expect(ends.at(0) ?? from).to.equal(from)
        expect(ends.at(-1) ?? from).to.equal(to)
        bounds.slice(1).forEach((stretch, i) => {
          expect(stretch.from).to.equal(bounds[i]!.to)
        })
        for (const stretch of bounds.filter(({ grain }) => grain === 'month')) {
          expect(addMonths(stretch.from!, 0)).to.equal(stretch.from)
          expect(addMonths(stretch.to!, 0)).to.equal(stretch.to)
        }
      }),
    )
  })
})
