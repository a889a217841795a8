import { expect } from 'chai'
import fc from 'fast-check'
import { barParts, rulerOf } from '../../../../server/features/agency-scores/figure-shapes.js'

describe('the bar of five shares', () => {
  it('puts the parts side by side and labels those with room', () => {
    expect(barParts([2, 5, 11, 54, 28])).to.deep.equal([
      { level: 'l1', x: '0%', width: '2%', middle: '1%', label: '' },
      { level: 'l2', x: '2%', width: '5%', middle: '4.5%', label: '' },
      { level: 'l3', x: '7%', width: '11%', middle: '12.5%', label: '11' },
      { level: 'l4', x: '18%', width: '54%', middle: '45%', label: '54' },
      { level: 'l5', x: '72%', width: '28%', middle: '86%', label: '28' },
    ])
  })

  it('keeps the colours of the levels when one is empty', () => {
    expect(barParts([0, 50, 0, 0, 50]).map(({ level, x }) => `${level} ${x}`)).to.deep.equal(['l2 0%', 'l5 50%'])
  })
})

describe('the ruler of a percent', () => {
  it('begins at the multiple of 20 below everything drawn and ends at 100', () => {
    const ruler = rulerOf(78, { lowPercent: 70, highPercent: 85 }, 55)
    // From 40: 78 stands at 38/60, 70 at 30/60, 55 at 15/60.
    expect(ruler).to.deep.include({ pointX: '63.33%', intervalX: '50%', intervalWidth: '25%', medianX: '25%' })
    expect(ruler.ticks.map(({ label, x, anchor }) => `${label} ${x} ${anchor}`)).to.deep.equal([
      '40 0% start',
      '60 33.33% middle',
      '80 66.67% middle',
      '100 100% end',
    ])
  })

  it('keeps every mark on the ruler', () => {
    const percent = fc.double({ min: 0, max: 100, noNaN: true })
    fc.assert(
      fc.property(percent, percent, percent, fc.option(percent), (a, b, c, median) => {
        const [lowPercent = 0, value = 0, highPercent = 0] = [a, b, c].sort((x, y) => x - y)
        const ruler = rulerOf(value, { lowPercent, highPercent }, median)
        const marks = [ruler.pointX, ruler.intervalX, ruler.medianX ?? '0%', ...ruler.ticks.map(({ x }) => x)]
        for (const mark of marks) expect(Number.parseFloat(mark)).to.be.within(0, 100)
        expect(Number.parseFloat(ruler.intervalX) + Number.parseFloat(ruler.intervalWidth)).to.be.at.most(100.011)
      }),
    )
  })
})
