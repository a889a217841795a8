import { expect } from 'chai'
import { batchEnd } from '../../../../server/domain/comments/comment-batches.js'

const MINIMUM = 5
const months = (...counts: readonly (readonly [string, number])[]) =>
  new Map(counts.map(([month, count]) => [`${month}-01`, count]))

describe('batches of comments', () => {
  it('end where enough were written in months that are over', () => {
    // By hand: three and two make the first batch, four of March wait for more.
    const commented = months(['2026-01', 3], ['2026-02', 2], ['2026-03', 4])
    expect(batchEnd(commented, '2026-04-01', MINIMUM)).to.equal('2026-03-01')
    expect(batchEnd(months(['2026-01', 3], ['2026-02', 2], ['2026-03', 5]), '2026-04-01', MINIMUM)).to.equal(
      '2026-04-01',
    )
  })

  it('never hold the month that is not over, however many were written', () => {
    expect(batchEnd(months(['2026-04', 900]), '2026-04-01', MINIMUM)).to.equal(null)
    expect(batchEnd(months(['2026-03', 5], ['2026-04', 900]), '2026-04-01', MINIMUM)).to.equal('2026-04-01')
  })

  it('are none while too few were written', () => {
    expect(batchEnd(months(), '2026-04-01', MINIMUM)).to.equal(null)
    expect(batchEnd(months(['2026-01', 4]), '2026-04-01', MINIMUM)).to.equal(null)
  })

  it('grow by five or more at a time, in whatever order months come', () => {
    let shown = 0
    const commented = new Map<string, number>()
    const counts = [2, 1, 7, 0, 3, 1, 1, 9]
    for (let month = counts.length; month >= 1; month -= 1) commented.set(`2026-0${month}-01`, counts[month - 1]!)
    for (let month = 1; month <= 9; month += 1) {
      const end = batchEnd(commented, `2026-0${month}-01`, MINIMUM)
      const open = [...commented]
        .filter(([day]) => end !== null && day < end)
        .reduce((sum, [, count]) => sum + count, 0)
      expect(open === shown || open - shown >= MINIMUM, `month ${month}`).to.equal(true)
      shown = open
    }
    expect(shown).to.be.greaterThan(0)
  })
})
