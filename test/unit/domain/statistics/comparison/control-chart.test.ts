import { expect } from 'chai'
import { controlChart } from '../../../../../server/domain/statistics/comparison/control-chart.js'

const months = (...shares: number[]) =>
  shares.map((share, i) => ({ period: `2026-${String(i + 1).padStart(2, '0')}`, share, effectiveBase: 100 }))

describe('control chart of a monthly share', () => {
  it('has limits of three standard errors around the pooled share', () => {
    // p̄ = (80 + 320) / 500 = 0.8; 3·√(0.16/100) = 0.12, 3·√(0.16/400) = 0.06.
    const { centrePercent, points } = controlChart([
      { period: '2026-01', share: 0.8, effectiveBase: 100 },
      { period: '2026-02', share: 0.8, effectiveBase: 400 },
    ])
    expect(centrePercent).to.be.closeTo(80, 1e-12)
    expect(points.map((p) => p.lowLimitPercent)[0]).to.be.closeTo(68, 1e-9)
    expect(points.map((p) => p.highLimitPercent)[0]).to.be.closeTo(92, 1e-9)
    expect(points.map((p) => p.lowLimitPercent)[1]).to.be.closeTo(74, 1e-9)
    expect(points.flatMap((p) => p.signals)).to.deep.equal([])
  })

  it('cuts limits at 0 and 100', () => {
    const [point] = controlChart(months(0.98)).points
    expect(point!.highLimitPercent).to.equal(100)
  })

  it('signals a month beyond the limits of the baseline', () => {
    const { centrePercent, points } = controlChart(months(0.8, 0.82, 0.78, 0.67), 3)
    expect(centrePercent).to.be.closeTo(80, 1e-9)
    expect(points.map(({ signals }) => signals)).to.deep.equal([[], [], [], ['beyond_limits']])
  })

  it('signals the eighth month in a row on one side, not the seventh, and starts over at the centre', () => {
    const above = controlChart(months(0.8, 0.82, 0.82, 0.82, 0.82, 0.82, 0.82, 0.82, 0.82, 0.82), 1).points
    expect(above.map(({ signals }) => signals.length)).to.deep.equal([0, 0, 0, 0, 0, 0, 0, 0, 1, 1])
    const broken = controlChart(months(0.5, 0.49, 0.49, 0.49, 0.49, 0.49, 0.49, 0.49, 0.5, 0.49, 0.51), 1).points
    expect(broken.flatMap(({ signals }) => signals)).to.deep.equal([])
  })

  it('refuses shares and baselines out of range', () => {
    expect(() => controlChart([])).to.throw(RangeError)
    expect(() => controlChart(months(1.1))).to.throw(RangeError)
    expect(() => controlChart(months(0.5), 2)).to.throw(RangeError)
    expect(() => controlChart([{ period: 'x', share: 0.5, effectiveBase: 0 }])).to.throw(RangeError)
  })
})
