import { expect } from 'chai'
import { figureFormats } from '../../../../server/features/agency-scores/figure-formats.js'

describe('figures', () => {
  const [vi, en] = [figureFormats('vi'), figureFormats('en')]

  it('are written as readers of the language write them', () => {
    expect([vi.number(78.44), en.number(78.44)]).to.deep.equal(['78,4', '78.4'])
    expect([vi.percent(78.4), en.percent(78.4)]).to.deep.equal(['78,4\u00a0%', '78.4%'])
    expect([vi.count(1234567), en.count(1234567)]).to.deep.equal(['1.234.567', '1,234,567'])
    expect([vi.month('2026-07-01'), en.month('2026-07-01')]).to.deep.equal(['7/2026', 'Jul 2026'])
    expect([vi.day('2026-11-22'), en.day('2026-11-22')]).to.deep.equal(['22/11/2026', '22 Nov 2026'])
  })

  it('carry their sign, and none when they round to nothing', () => {
    expect([3.44, -5, 0.04, -0.04, 0].map(vi.signed)).to.deep.equal(['+3,4', '−5,0', '0,0', '0,0', '0,0'])
  })

  it('name the last day of a half-open stretch', () => {
    expect(vi.days('2026-01-01', '2027-01-01')).to.equal('01/01/2026 – 31/12/2026')
  })
})
