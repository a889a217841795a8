import { expect } from 'chai'
import fc from 'fast-check'
import type { Method } from '../../../../server/domain/method/method.js'
import type { MethodCase } from '../../../../server/domain/method/method-data.js'
import { standardiseBlock } from '../../../../server/domain/method/standardise-block.js'
import { reverseCode } from '../../../../server/domain/method/transformations.js'
import { flatten, indexOf, methodOf, projectMethod, unitOf } from '../../../support/methods.js'

const ITEMS = ['A', 'B', 'C']
const code = fc.constantFrom(1, 2, 3, 4, 5, 96, 97, 98, 99)
const casesArbitrary = fc
  .array(fc.record({ A: code, B: code, C: code }), { minLength: 1, maxLength: 30 })
  .map((rows) => rows.map((answers, i): MethodCase => ({ respondent: String(i), answers })))
const transformation = fc.constantFrom(
  'top_two_share',
  'bottom_two_share',
  'middle_share',
  'rescale_0_100',
  'mean',
  'net_share',
  'mean_minus_3',
)
const rule = fc.constantFrom('mean_of_children', 'pooled')

describe('properties of methods', () => {
  it('reversing a code twice gives the code back, nonresponse never changes', () => {
    const scale = fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 1, max: 10 }))
    fc.assert(
      fc.property(scale, fc.integer({ min: 0, max: 99 }), ([lowest, length], answer) => {
        const ends = { lowest, highest: lowest + length }
        expect(reverseCode(reverseCode(answer, ends), ends)).to.equal(answer)
        if (answer >= 96) expect(reverseCode(answer, ends)).to.equal(answer)
      }),
    )
  })

  it('reversing the criterion and the answers changes nothing, for every transformation and rule', () => {
    fc.assert(
      fc.property(casesArbitrary, transformation, rule, (cases, kind, by) => {
        const method = methodOf(kind, [ITEMS], { factor: by })
        const turned = cases.map(({ respondent, answers }) => ({
          respondent,
          answers: { ...answers, B: reverseCode(answers.B as number, method.scale) },
        }))
        const before = indexOf(method, unitOf(cases))
        const after = indexOf(withReversed(method, 'B'), unitOf(turned))
        expect(after.value === null).to.equal(before.value === null)
        if (before.value !== null) expect(after.value).to.be.closeTo(before.value, 1e-9)
        if (before.interval !== null) expect(after.interval?.low).to.be.closeTo(before.interval.low, 1e-9)
      }),
    )
  })

  it('scores of a negative statement are those of the positive one seen from the other end', () => {
    const { standardisation } = projectMethod('ddci-hcm')
    const values = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(values, (list) => {
        const units = new Map(list.map((value, i) => [String(i), value]))
        const forward = standardiseBlock(units, standardisation!, false)
        const reverse = standardiseBlock(units, standardisation!, true)
        for (const [unit, score] of forward.scores) {
          expect(score).to.be.within(1 - 1e-9, 10 + 1e-9)
          expect(score + reverse.scores.get(unit)!).to.be.closeTo(11, 1e-9)
        }
      }),
    )
  })

  it('does not hang on the order of the respondents, and lies in its interval', () => {
    fc.assert(
      fc.property(casesArbitrary, transformation, rule, (cases, kind, by) => {
        const method = methodOf(kind, [['A', 'B'], ['C']], { factor: by, index: by })
        const index = indexOf(method, unitOf(cases))
        const turned = indexOf(method, unitOf(cases.toReversed()))
        if (index.value === null) expect(turned.value).to.equal(null)
        else expect(turned.value).to.be.closeTo(index.value, 1e-9)
        for (const { value, interval } of flatten(index)) {
          if (interval !== null) expect(value).to.be.within(interval.low - 1e-9, interval.high + 1e-9)
        }
      }),
    )
  })

  it('keeps every index of a method of the project within its range', () => {
    const methods = ['sipas-2017', 'hids-2013', 'gds', 'csm-arta'].map(projectMethod)
    fc.assert(
      fc.property(fc.array(code, { minLength: 1, maxLength: 20 }), fc.constantFrom(...methods), (codes, method) => {
        const cases = codes.map((answer, i) => ({
          respondent: String(i),
          answers: { OVERALL: answer, TC1: answer, GY2: 3, SQD1: answer, SQD2: 5 },
        }))
        const { value } = indexOf(method, unitOf(cases))
        if (value !== null) expect(value).to.be.within(method.range.lowest, method.range.highest)
      }),
    )
  })
})

function withReversed(method: Method, reversed: string): Method {
  const parts = method.index.parts!.map((part) => ({
    ...part,
    criteria: part.criteria!.map((one) => ({ ...one, isReversed: one.code === reversed })),
  }))
  return { ...method, index: { ...method.index, parts } }
}
