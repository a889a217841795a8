import { expect } from 'chai'
import { chiSquareUpperTail } from '../../../../../server/domain/statistics/special/chi-square.js'
import { expectClose } from '../../../../support/close.js'

describe('upper tail of the chi-square distribution', () => {
  // scipy 1.x, stats.chi2.sf(x, df)
  const reference: readonly (readonly [number, number, number])[] = [
    [0, 1, 1],
    [3.841458820694124, 1, 0.05],
    [5.991464547107979, 2, 0.05],
    [0.5, 3, 0.9188914116546758],
    [12.3, 5, 0.03090046463546092],
    [9.21, 6, 0.16210771111354147],
    [40, 4, 4.328422607120966e-8],
    [100, 7, 1.0787979671702833e-18],
    [18, 19, 0.5224382739862627],
  ]
  for (const [x, df, p] of reference) {
    it(`is ${p} beyond ${x} with ${df} degrees of freedom`, () => {
      expectClose(chiSquareUpperTail(x, df), p, 1e-12)
    })
  }

  it('refuses a negative statistic and degrees of freedom that are not whole', () => {
    for (const [x, df] of [
      [-1, 1],
      [Number.NaN, 1],
      [1, 0],
      [1, 1.5],
    ] as const) {
      expect(() => chiSquareUpperTail(x, df)).to.throw(RangeError)
    }
  })
})
