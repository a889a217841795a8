import { expect } from 'chai'
import { bootstrapMethod } from '../../../../server/domain/method/bootstrap-method.js'
import type { MethodCase } from '../../../../server/domain/method/method-data.js'
import { effectiveBaseOfRatio } from '../../../../server/domain/statistics/cluster-ratio.js'
import { wilsonInterval } from '../../../../server/domain/statistics/wilson.js'
import {
  codeOf,
  countsUnit,
  figureOf,
  golden,
  indexOf,
  methodOf,
  projectMethod,
  unitOf,
} from '../../../support/methods.js'

const WILSON = { interval: { kind: 'wilson' } } as const

describe('intervals of a method', () => {
  const cases: readonly MethodCase[] = Object.entries(golden.B1_aggregation.matrix).map(([respondent, row]) => ({
    respondent,
    answers: Object.fromEntries(row.map((answer, i) => [`C${i + 1}`, codeOf(answer)])),
  }))
  const FACTORS = [
    ['C1', 'C2', 'C3'],
    ['C4', 'C5'],
  ]

  it('gives a criterion Wilson’s interval on its base', () => {
    // 5 of 8: acceptance value C1.
    const index = indexOf(methodOf('top_two_share', [['A']], {}, WILSON), countsUnit({ A: { 4: 5, 2: 3 } }))
    const { interval } = figureOf(index, 'A')
    expect(interval?.low).to.be.closeTo(30.574239460262735, 1e-9)
    expect(interval?.high).to.be.closeTo(86.31557141764026, 1e-9)
    expect(index.interval).to.equal(null)
  })

  it('gives a pooled figure the interval of its ratio with respondents as clusters', () => {
    const index = indexOf(methodOf('top_two_share', FACTORS, { index: 'pooled' }, WILSON), unitOf(cases))
    // Valid answers and those at 4 or 5 per respondent: (5,4) (4,2) (5,4) (4,1) (4,4) (5,2); counted by hand from B1.
    const sums = {
      respondents: 6,
      answers: 27,
      hits: 17,
      answersSquared: 25 + 16 + 25 + 16 + 16 + 25,
      hitsSquared: 16 + 4 + 16 + 1 + 16 + 4,
      answersTimesHits: 20 + 8 + 20 + 4 + 16 + 10,
    }
    const expected = wilsonInterval(17 / 27, effectiveBaseOfRatio(sums))
    expect(index.interval?.low).to.be.closeTo(expected.lowPercent, 1e-9)
    expect(index.interval?.high).to.be.closeTo(expected.highPercent, 1e-9)
    expect([index.base, index.answers]).to.deep.equal([6, 27])
  })

  it('gives a mean of criteria the t interval of the respondents’ own means when nobody left a gap', () => {
    const answers = [
      { A: 5, B: 4 },
      { A: 3, B: 2 },
      { A: 4, B: 3 },
    ]
    const complete = answers.map((one, i) => ({ respondent: String(i), answers: one }))
    const { value, interval, base } = indexOf(methodOf('mean', [['A', 'B']]), unitOf(complete))
    // Own means 4.5, 2.5, 3.5: mean 3.5, s² = 1, SE = √(1/3); t with 2 df is 4.302652729911275.
    expect([value, base]).to.deep.equal([3.5, 3])
    expect(interval?.low).to.be.closeTo(3.5 - 4.302652729911275 / Math.sqrt(3), 1e-9)
    expect(interval?.high).to.be.closeTo(3.5 + 4.302652729911275 / Math.sqrt(3), 1e-9)
  })

  it('takes a criterion of a mean that few answered to spread like the others, however alike its answers', () => {
    const rows = Array.from({ length: 20 }, (_, i) => ({
      respondent: String(i),
      answers: { A: i < 10 ? 5 : 2, ...(i % 10 === 0 ? { B: 5 } : {}) },
    }))
    const { value, interval } = indexOf(
      methodOf('top_two_share', [['A', 'B']], {}, { interval: { kind: 'mean_t' } }),
      unitOf(rows),
    )
    expect(value).to.equal(75)
    // A: 10 of 20; e = ½·(±50)/20 = ±1.25, so 20/19 · 20 · 1.25² = 32.894737. B: 2 of 2, no spread of its own; the usual one is
    // 20 · 50² / (19 + 1) = 2500, so ½² · 2500 / 2 = 312.5. √345.394737 = 18.584798, t with 19 df 2.093024.
    expect(interval?.low).to.be.closeTo(75 - 2.0930240544082634 * Math.sqrt(32.89473684210526 + 312.5), 1e-9)
    expect(interval?.high).to.be.closeTo(75 + 2.0930240544082634 * Math.sqrt(32.89473684210526 + 312.5), 1e-9)
  })

  it('leaves alone a criterion that most answered, and pooled answers', () => {
    const rows = Array.from({ length: 8 }, (_, i) => ({
      respondent: String(i),
      answers: { A: i < 4 ? 5 : 2, ...(i < 5 ? { B: 5 } : {}) },
    }))
    const mean = indexOf(methodOf('mean', [['A', 'B']]), unitOf(rows))
    // e = ½ · (±1.5)/8 = ±0.09375 from A, 0 from B: 8/7 · 8 · 0.09375² = 0.080357; t with 7 df is 2.364624.
    expect(mean.interval?.high).to.be.closeTo(mean.value! + 2.3646242510102993 * Math.sqrt(0.08035714285714286), 1e-9)
    const thin = rows.map(({ respondent, answers }, i) => ({ respondent, answers: i < 2 ? answers : { A: answers.A } }))
    const pooled = indexOf(methodOf('mean', [['A', 'B']], { factor: 'pooled', index: 'pooled' }), unitOf(thin))
    // Ten answers, 4 and 2 fives for A and B, four twos: mean 3.8. e = 2.4/10 twice, 1.2/10 twice, −1.8/10 four times.
    const squares = 2 * 0.24 ** 2 + 2 * 0.12 ** 2 + 4 * 0.18 ** 2
    expect(pooled.value).to.equal(3.8)
    expect(pooled.interval?.high).to.be.closeTo(3.8 + 2.3646242510102993 * Math.sqrt((8 / 7) * squares), 1e-9)
  })

  it('gives no t interval on one respondent', () => {
    const index = indexOf(methodOf('mean', [['A']]), unitOf([{ respondent: '1', answers: { A: 4 } }]))
    expect([index.value, index.interval]).to.deep.equal([4, null])
  })
})

describe('bootstrapping standardised scores', () => {
  const { index: tree, ...rest } = projectMethod('ddci-hcm')
  const method = {
    ...rest,
    index: { ...tree, parts: tree.parts!.filter(({ code }) => code === 'XANH' || code === 'MTS') },
  }
  const raters = (unit: string, agreeing: number) =>
    Array.from({ length: 60 }, (_, i) => ({
      respondent: `${unit} ${i}`,
      answers: { X1: i < agreeing ? 4 : 2, Y1: i % 60 < agreeing ? 5 : 1 },
    }))
  const units = [unitOf(raters('a', 20), 'a'), unitOf(raters('b', 34), 'b'), unitOf(raters('c', 50), 'c')]
  const run = (seed: string, replicates = 200) =>
    bootstrapMethod(method, { questionnaire: null, units }, { replicates, seed })

  it('repeats itself by seed, surrounds the scores and keeps what is needed to repeat it', () => {
    const outcome = run('2026')
    expect(run('2026')).to.deep.equal(outcome)
    expect(run('2027')).to.not.deep.equal(outcome)
    expect(outcome.bootstrap).to.deep.include({ replicates: 200, seed: '2026' })
    const [, middle] = outcome.kind === 'computed' ? outcome.units : []
    // 34 between 20 and 50 of 60: 1 + 9 · 14/30 = 5.2, times 10.
    expect(middle?.index.value).to.be.closeTo(52, 1e-9)
    // SE of the middle share is √(.567·.433/60) = 6.4 points on a span of 50 of them: about 11.5 of 100 points, 95 % ± 23.
    expect(middle?.index.interval?.low).to.be.within(20, 40)
    expect(middle?.index.interval?.high).to.be.within(64, 85)
  })

  it('keeps a unit with too few raters out of every replicate', () => {
    const few = unitOf(raters('few', 0).slice(0, 29), 'few')
    const data = { questionnaire: null, units: [...units, few] }
    const outcome = bootstrapMethod(method, data, { replicates: 50, seed: 'x' })
    const last = outcome.kind === 'computed' ? outcome.units.at(-1)?.index : undefined
    expect([last?.value, last?.interval]).to.deep.equal([null, null])
  })

  it('refuses one replicate and units without cases', () => {
    expect(() => run('x', 1)).to.throw(RangeError, 'at least 2')
    const data = { questionnaire: null, units: [countsUnit({ X1: { 4: 50 } }, 'bare')] }
    expect(() => bootstrapMethod(method, data, { replicates: 9, seed: 'x' })).to.throw(RangeError, 'bare')
  })
})
