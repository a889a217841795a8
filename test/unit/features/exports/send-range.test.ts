import { expect } from 'chai'
import { rangeOf } from '../../../../server/features/exports/send-range.js'

describe('the stretch of a file that is asked for', () => {
  for (const [header, expected] of [
    [undefined, null],
    ['bytes=0-', { from: 0, to: 99 }],
    ['bytes=40-', { from: 40, to: 99 }],
    ['bytes=40-59', { from: 40, to: 59 }],
    ['bytes=40-5000', { from: 40, to: 99 }],
    ['bytes=-10', { from: 90, to: 99 }],
    ['bytes=-1000', { from: 0, to: 99 }],
    ['bytes=100-', 'unsatisfiable'],
    ['bytes=60-40', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    // Not served: the whole file is.
    ['bytes=0-1,5-6', null],
    ['lines=0-1', null],
    ['bytes=-', null],
    ['bytes=a-b', null],
  ] as const)
    it(`is ${JSON.stringify(expected)} for ${header}`, () => {
      expect(rangeOf(header, 100)).to.deep.equal(expected)
    })
})
