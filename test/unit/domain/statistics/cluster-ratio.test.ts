import { expect } from 'chai'
import {
  type ClusterSums,
  effectiveBaseOfRatio,
  ratioDesignEffect,
  ratioVariance,
} from '../../../../server/domain/statistics/cluster-ratio.js'

/** Sums of `[valid, topTwo]` pairs, one per respondent. */
function sumsOf(...respondents: readonly (readonly [number, number])[]): ClusterSums {
  const sum = (value: (k: number, t: number) => number) => respondents.reduce((total, [k, t]) => total + value(k, t), 0)
  return {
    respondents: respondents.length,
    answers: sum((k) => k),
    hits: sum((_, t) => t),
    answersSquared: sum((k) => k * k),
    hitsSquared: sum((_, t) => t * t),
    answersTimesHits: sum((k, t) => k * t),
  }
}

describe('precision of a pooled share', () => {
  // Three respondents with (k, t) = (2,2), (2,1), (1,0): R = 3/5 = 0.6.
  // t − Rk = 0.8, −0.2, −0.6; squares 0.64 + 0.04 + 0.36 = 1.04; V = 3/2 · 1.04 / 25 = 0.0624.
  // R(1−R)/(5−1) = 0.06, so deff = 1.04 and the effective base 5 / 1.04 = 4.807692.
  const worked = sumsOf([2, 2], [2, 1], [1, 0])

  it('has the variance worked out by hand', () => {
    expect(ratioVariance(worked)).to.be.closeTo(0.0624, 1e-12)
  })

  it('has the design effect and effective base worked out by hand', () => {
    expect(ratioDesignEffect(worked)).to.be.closeTo(1.04, 1e-12)
    expect(effectiveBaseOfRatio(worked)).to.be.closeTo(5 / 1.04, 1e-9)
  })

  it('is that of a simple random sample when everybody answers one item', () => {
    const one = sumsOf([1, 1], [1, 1], [1, 0], [1, 1])
    expect(ratioDesignEffect(one)).to.be.closeTo(1, 1e-12)
    expect(effectiveBaseOfRatio(one)).to.be.closeTo(4, 1e-9)
  })

  it('counts respondents, not answers, when each respondent repeats one opinion', () => {
    // k = 3 each, t = 3 or 0: R = 0.5, V = 4/3 · (4 · 2.25) / 144 = 1/12; deff = (1/12) / (0.25 / 11) = 11/3.
    expect(ratioDesignEffect(sumsOf([3, 3], [3, 3], [3, 0], [3, 0]))).to.be.closeTo(11 / 3, 1e-12)
  })

  it('falls back to the number of respondents when nobody differs', () => {
    const sums = sumsOf([3, 3], [3, 3])
    expect(ratioDesignEffect(sums)).to.equal(null)
    expect(effectiveBaseOfRatio(sums)).to.equal(2)
  })

  it('sees that nobody differs where 2/5 is no exact binary number', () => {
    // In floating point the residuals of (5,2), (5,2) add up to 1.8e-15 instead of 0.
    const sums = sumsOf([5, 2], [5, 2])
    expect(ratioVariance(sums)).to.equal(0)
    expect(effectiveBaseOfRatio(sums)).to.equal(2)
  })

  it('never exceeds the number of answers', () => {
    // Two respondents, answers (2,1) and (1,0), (1,1): nearly no spread between respondents.
    expect(effectiveBaseOfRatio(sumsOf([4, 2], [4, 2], [4, 2], [3, 2]))).to.be.at.most(15)
  })

  it('refuses a variance of one respondent and a base of no answers', () => {
    expect(() => ratioVariance(sumsOf([3, 2]))).to.throw(RangeError)
    expect(() => effectiveBaseOfRatio(sumsOf())).to.throw(RangeError)
  })
})
