import { expect } from 'chai'
import fc from 'fast-check'
import { medianOf, mediansOfKind } from '../../../../server/domain/report/kind-median.js'
import { part, responses, unitReport } from '../../../support/report-data.js'

const districts = { q1: 'city', q3: 'city', q4: 'city', q5: 'city', dept: 'city' }
const kind = new Set(['q1', 'q3', 'q4', 'q5'])

describe('the median of a kind', () => {
  it('is the middle value, or the mean of the two in the middle', () => {
    expect(medianOf([70, 90, 80])).to.equal(80)
    expect(medianOf([90, 60, 70, 80])).to.equal(75)
    expect(medianOf([12.5])).to.equal(12.5)
    expect(() => medianOf([])).to.throw(RangeError)
  })

  it('has as many values at or above it as at or below it, in whatever order they come', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 30 }), (values) => {
        const median = medianOf(values)
        expect(values.filter((value) => value <= median).length).to.be.at.least(values.length / 2)
        expect(values.filter((value) => value >= median).length).to.be.at.least(values.length / 2)
        expect(medianOf(values.toReversed())).to.equal(median)
      }),
    )
  })

  it('counts units of the kind alone, each once whatever its size', () => {
    const parts = [part('q1', responses(100, 50)), part('q3', responses(400, 320)), part('q4', responses(100, 90))]
    const report = unitReport([...parts, part('dept', responses(100, 1))], districts)
    // 50, 80 and 90 %.
    expect(mediansOfKind(report.blocks, kind).get('overall overall')).to.deep.equal({ percent: 80, unitCount: 3 })
  })

  it('leaves hidden figures out, and is itself left out with fewer than three units', () => {
    const [q1, q3, q4] = [
      part('q1', responses(100, 50)),
      part('q3', responses(100, 80)),
      part('q4', responses(100, 90)),
    ]
    const hidden = part('q5', responses(25, 0))
    const medianOfParts = (parts: readonly (typeof hidden)[]) =>
      mediansOfKind(unitReport([...parts], districts).blocks, kind).get('criterion C1')
    // 50, 80 and 90 %; the 0 % of q5, on too few answers, is not among them.
    expect(medianOfParts([q1, q3, q4, hidden])).to.deep.equal({ percent: 80, unitCount: 3 })
    expect(medianOfParts([q1, q3, hidden])).to.equal(undefined)
  })
})
