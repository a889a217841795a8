import { expect } from 'chai'
import fc from 'fast-check'
import { betaKernel } from '../../../../../server/domain/statistics/special/beta-density.js'
import { continuedFraction } from '../../../../../server/domain/statistics/special/continued-fraction.js'
import { incompleteBeta } from '../../../../../server/domain/statistics/special/incomplete-beta.js'
import { inverseIncompleteBeta } from '../../../../../server/domain/statistics/special/inverse-beta.js'
import {
  normalCdf,
  normalQuantile,
  normalUpperTail,
  twoSidedNormalP,
} from '../../../../../server/domain/statistics/special/normal.js'
import { stirlingError } from '../../../../../server/domain/statistics/special/stirling-error.js'
import { studentCdf, studentQuantile } from '../../../../../server/domain/statistics/special/student-t.js'
import { expectClose } from '../../../../support/close.js'
import { goldenFile } from '../../../../support/golden-file.js'

type Rows = readonly (readonly number[])[]
const tables = goldenFile<Record<string, Rows>>('special-functions.json')
const functions: Readonly<Record<string, (...args: number[]) => number>> = {
  stirlingError: (x) => stirlingError(x!),
  normalUpperTail: (z) => normalUpperTail(z!),
  normalQuantile: (p) => normalQuantile(p!),
  incompleteBeta: (x, a, b) => incompleteBeta(x!, a!, b!),
  inverseIncompleteBeta: (p, a, b) => inverseIncompleteBeta(p!, a!, b!),
  studentQuantile: (p, df) => studentQuantile(p!, df!),
  studentCdf: (t, df) => studentCdf(t!, df!),
}

describe('special functions', () => {
  for (const [name, compute] of Object.entries(functions)) {
    for (const row of tables[name]!) {
      const args = row.slice(0, -1)
      it(`${name}(${args.join(', ')}) agrees with the outside value to twelve digits`, () => {
        expectClose(compute(...args), row.at(-1)!, 2e-12)
      })
    }
  }

  it('agree with closed forms where there are some', () => {
    // I_x(1, b) = 1 − (1 − x)^b; B(2, 3) = 1/12, so the kernel at ½ is 12 · ¼ · ⅛; F₁(1) = ¾; F₂(t) = ½ + t/(2√(2 + t²)).
    expectClose(incompleteBeta(0.3, 1, 7), 1 - 0.7 ** 7, 1e-13)
    expectClose(betaKernel(0.5, 2, 3), 0.375, 1e-13)
    expectClose(studentCdf(1, 1), 0.75, 1e-14)
    expectClose(studentCdf(1.5, 2), 0.5 + 1.5 / (2 * Math.sqrt(4.25)), 1e-14)
    // Density of t with 4 df at 0 is 3/8 and falls as 1 − (5/8)t²: t = d·(1 + (5/24)·d²) for d = 0.0001 / 0.375.
    const d = 0.0001 / 0.375
    expectClose(studentQuantile(0.5001, 4), d * (1 + (5 / 24) * d * d), 1e-12)
  })

  it('are symmetric and exact in the middle', () => {
    expect([normalQuantile(0.5), studentQuantile(0.5, 7), normalCdf(0)]).to.deep.equal([0, 0, 0.5])
    expect(studentQuantile(0.25, 7)).to.equal(-studentQuantile(0.75, 7))
    expect([incompleteBeta(0, 2, 3), incompleteBeta(1, 2, 3)]).to.deep.equal([0, 1])
    expect([inverseIncompleteBeta(0, 2, 3), inverseIncompleteBeta(1, 2, 3)]).to.deep.equal([0, 1])
  })

  it('give the normal distribution for infinite degrees of freedom', () => {
    expectClose(studentQuantile(0.975, Infinity), 1.959963984540054, 1e-14)
    expectClose(studentCdf(1.959963984540054, Infinity), 0.975, 1e-14)
    expectClose(twoSidedNormalP(-1.959963984540054), 0.05, 1e-13)
    expect([normalUpperTail(Infinity), normalUpperTail(-Infinity)]).to.deep.equal([0, 1])
  })

  it('invert one another', () => {
    const probability = fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true })
    const parameter = fc.double({ min: 0.2, max: 400, noNaN: true })
    fc.assert(
      fc.property(probability, parameter, parameter, (p, a, b) => {
        const x = inverseIncompleteBeta(p, a, b)
        // Next to 1 the doubles themselves are too coarse to hold the quantile.
        if (1 - x > 1e-6) expectClose(incompleteBeta(x, a, b), p, 1e-8)
        expectClose(normalCdf(normalQuantile(p)), p, 1e-12)
        expectClose(studentCdf(studentQuantile(p, a), a), p, 1e-9)
      }),
      { numRuns: 300 },
    )
  })

  it('refuse arguments outside their domain', () => {
    const refused: (() => number)[] = [
      () => stirlingError(0),
      () => stirlingError(Infinity),
      () => normalUpperTail(Number.NaN),
      () => normalQuantile(0),
      () => normalQuantile(1),
      () => incompleteBeta(-0.1, 1, 1),
      () => incompleteBeta(0.5, 0, 1),
      () => incompleteBeta(0.5, 1, Infinity),
      () => inverseIncompleteBeta(1.1, 1, 1),
      () => studentQuantile(0.975, 0),
      () => studentQuantile(1, 3),
      () => studentCdf(Number.NaN, 3),
    ]
    for (const call of refused) expect(call).to.throw(RangeError)
  })
})

describe('continued fraction', () => {
  const of = (...coefficients: readonly number[]) => continuedFraction((n) => coefficients[n - 1] ?? 0)

  it('gives the golden ratio from coefficients of 1', () => {
    expectClose(
      continuedFraction(() => 1),
      (1 + Math.sqrt(5)) / 2,
      1e-14,
    )
  })

  it('passes through denominators of 0', () => {
    // 1 + 1/(1 − 1/(1 + 1)) = 3, whose second step stands over 1 − 1; 1 − 1/(1 + 1) = ½, whose first step is 1 − 1.
    expectClose(of(1, -1, 1), 3, 1e-14)
    expectClose(of(-1, 1), 0.5, 1e-14)
  })

  it('ends where it never settles', () => {
    // 1 − 1/(1 − 1/(1 − …)) runs through 0, −∞ and 1 for ever.
    expect(Number.isNaN(continuedFraction(() => -1))).to.equal(false)
  })
})
