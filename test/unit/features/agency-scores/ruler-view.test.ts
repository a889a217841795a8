import { expect } from 'chai'
import fc from 'fast-check'
import { toRulerView } from '../../../../server/features/agency-scores/ruler.view.js'
import { signedPoints } from '../../../../server/features/agency-scores/signed-points.js'
import { reportFormats } from '../../../../server/features/index-reports/index.js'

describe('the ruler of a percent', () => {
  it('begins at the multiple of 20 below everything drawn and ends at 100', () => {
    const ruler = toRulerView(78, { lowPercent: 70, highPercent: 85 }, 55)
    // From 40: 78 stands at 38/60, 70 at 30/60, 55 at 15/60.
    expect(ruler).to.deep.include({ pointX: '63.33%', intervalX: '50%', intervalWidth: '25%', medianX: '25%' })
    expect(ruler.ticks.map(({ label, x, anchor }) => `${label} ${x} ${anchor}`)).to.deep.equal([
      '40 0% start',
      '60 33.33% middle',
      '80 66.67% middle',
      '100 100% end',
    ])
  })

  it('has ticks enough on a short axis', () => {
    const labels = (low: number) =>
      toRulerView(95, { lowPercent: low, highPercent: 97 }, null).ticks.map(({ label }) => label)
    expect(labels(90)).to.deep.equal(['80', '85', '90', '95', '100'])
    expect(labels(70)).to.deep.equal(['60', '70', '80', '90', '100'])
  })

  it('keeps every mark on the ruler', () => {
    const percent = fc.double({ min: 0, max: 100, noNaN: true })
    fc.assert(
      fc.property(percent, percent, percent, fc.option(percent), (a, b, c, median) => {
        const [lowPercent = 0, value = 0, highPercent = 0] = [a, b, c].sort((x, y) => x - y)
        const ruler = toRulerView(value, { lowPercent, highPercent }, median)
        const marks = [ruler.pointX, ruler.intervalX, ruler.medianX ?? '0%', ...ruler.ticks.map(({ x }) => x)]
        for (const mark of marks) expect(Number.parseFloat(mark)).to.be.within(0, 100)
        expect(Number.parseFloat(ruler.intervalX) + Number.parseFloat(ruler.intervalWidth)).to.be.at.most(100.011)
      }),
    )
  })
})

describe('a difference', () => {
  it('carries its sign, and none when it rounds to nothing', () => {
    const formats = reportFormats('vi')
    const written = [3.44, -5, 0.04, -0.04, 0].map((value) => signedPoints(value, formats))
    expect(written).to.deep.equal(['+3,4', '−5,0', '0,0', '0,0', '0,0'])
  })

  it('rounds half a tenth away from zero on both sides', () => {
    const formats = reportFormats('vi')
    expect([2.25, -2.25, -0.05].map((value) => signedPoints(value, formats))).to.deep.equal(['+2,3', '−2,3', '−0,1'])
  })
})
