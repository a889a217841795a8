import { expect } from 'chai'
import type { Method, Transformation } from '../../../../server/domain/method/method.js'
import {
  codeOf,
  compute,
  countsUnit,
  figureOf,
  golden,
  indexOf,
  methodOf,
  projectMethod,
  unitOf,
} from '../../../support/methods.js'

describe('index methods on the acceptance values', () => {
  const a1 = golden.A1_criterion
  const a1Unit = unitOf(
    a1.answers.map((answer, i) => ({ respondent: String(i), answers: { OVERALL: codeOf(answer) } })),
  )
  const figures: readonly (readonly [Transformation, string])[] = [
    ['top_two_share', 'index_pct'],
    ['bottom_two_share', 'dissat_pct'],
    ['middle_share', 'neutral_pct'],
    ['mean', 'mean'],
    ['rescale_0_100', 'score100_gds'],
    ['mean_minus_3', 'hids_minus2_plus2'],
    ['net_share', 'net_minus1_plus1'],
  ]
  for (const [transformation, name] of figures) {
    it(`gives ${name} of A1 by ${transformation}, on the valid answers`, () => {
      const index = indexOf(methodOf(transformation, [['OVERALL']]), a1Unit)
      expect(index.value).to.be.closeTo(a1[name]!, 1e-12)
      expect([index.base, index.answers]).to.deep.equal([a1.n_valid, a1.n_valid])
    })
  }

  it('gives the item response rate of A1 over everybody asked', () => {
    const index = indexOf(methodOf('valid_share', [['OVERALL']]), a1Unit)
    expect([index.value, index.base]).to.deep.equal([a1.item_response_rate, a1.n_received])
  })

  it('gives the percent agreeing of A1 over everything but "not applicable"', () => {
    // 5 of 9: ten received, one of them "not applicable", the blank stays in.
    expect(indexOf(methodOf('agree_share', [['OVERALL']]), a1Unit).value).to.be.closeTo(500 / 9, 1e-12)
  })

  it('gives A1 through the methods of GDS and of the Institute', () => {
    expect(indexOf(projectMethod('gds'), a1Unit).value).to.equal(a1.score100_gds)
    expect(indexOf(projectMethod('hids-2013'), a1Unit).value).to.equal(a1.hids_minus2_plus2)
  })

  const b1 = golden.B1_aggregation
  const b1Unit = unitOf(
    Object.entries(b1.matrix).map(([respondent, row]) => ({
      respondent,
      answers: Object.fromEntries(row.map((answer, i) => [`C${i + 1}`, codeOf(answer)])),
    })),
  )
  const factors = [
    ['C1', 'C2', 'C3'],
    ['C4', 'C5'],
  ]

  it('gives criteria, factors and index of B1 by mean_of_children', () => {
    const index = indexOf(methodOf('top_two_share', factors), b1Unit)
    b1.criteria_pct.forEach((percent, i) => {
      expect(figureOf(index, `C${i + 1}`).value).to.be.closeTo(percent, 1e-9)
    })
    expect(figureOf(index, 'F1').value).to.be.closeTo(b1.F1_mean!, 1e-9)
    expect(figureOf(index, 'F2').value).to.be.closeTo(b1.F2_mean!, 1e-9)
    expect(index.value).to.be.closeTo(b1.overall_mean_of_factors!, 1e-9)
    const flat = methodOf('top_two_share', [factors.flat()])
    expect(indexOf(flat, b1Unit).value).to.be.closeTo(b1.overall_mean_of_criteria!, 1e-9)
  })

  it('gives factors and index of B1 by pooling, also over factors that are means', () => {
    const pooled = indexOf(methodOf('top_two_share', factors, { factor: 'pooled', index: 'pooled' }), b1Unit)
    expect(figureOf(pooled, 'F1').value).to.be.closeTo(b1.F1_pooled!, 1e-9)
    expect(figureOf(pooled, 'F2').value).to.be.closeTo(b1.F2_pooled!, 1e-9)
    expect(pooled.value).to.be.closeTo(b1.overall_pooled!, 1e-9)
    const mixed = indexOf(methodOf('top_two_share', factors, { index: 'pooled' }), b1Unit)
    expect(mixed.value).to.be.closeTo(b1.overall_pooled!, 1e-9)
  })

  // Means 8, 7 and 6.5.
  const acsiUnit = countsUnit({ SATISFACTION: { 8: 4 }, EXPECTATION: { 6: 2, 8: 2 }, IDEAL: { 6: 2, 7: 2 } })

  it('gives ACSI with equal and with own weights (J1)', () => {
    const acsi = projectMethod('acsi')
    expect(indexOf(acsi, acsiUnit).value).to.be.closeTo(golden.J1_acsi.equal_weights, 1e-9)
    const criteria = acsi.index.criteria!.map((one, i) => ({ ...one, weight: golden.J1_acsi.w[i]! }))
    const weighted: Method = { ...acsi, index: { ...acsi.index, rule: 'weighted_mean', criteria } }
    expect(indexOf(weighted, acsiUnit).value).to.be.closeTo(golden.J1_acsi.score, 1e-9)
  })

  for (const [name, published] of Object.entries(golden.J2_gds_published)) {
    it(`gives the score the UK Government published for ${name} (J2)`, () => {
      const codes = Object.fromEntries(published.counts_vd_d_n_s_vs.map((count, i) => [i + 1, count]))
      const score = indexOf(projectMethod('gds'), countsUnit({ OVERALL: codes })).value
      expect(score).to.be.closeTo(published.gds, 1e-9)
      expect(Math.round(score!)).to.equal(published.published_percent)
      const topTwo = indexOf(methodOf('top_two_share', [['OVERALL']]), countsUnit({ OVERALL: codes })).value
      expect(topTwo).to.be.closeTo(published.top2, 1e-9)
    })
  }

  it('gives the published index of Hà Nội 2024 from its two halves (J3)', () => {
    const { policy, service, published } = golden.J3_sipas_published.hanoi2024
    const sipas = projectMethod('sipas-2023')
    const satisfied = (percent: number) => ({ 4: Math.round(percent * 100), 2: Math.round((100 - percent) * 100) })
    const codesOf = (code: string) => satisfied(code.startsWith('PL') ? policy : service)
    const codes = Object.keys(sipas.fits[0]!.items)
    const index = indexOf(sipas, countsUnit(Object.fromEntries(codes.map((code) => [code, codesOf(code)]))))
    expect(index.value).to.be.closeTo(published, 1e-9)
    expect(index.parts.map(({ value }) => value?.toFixed(2))).to.deep.equal(['86.51', '86.49'])
  })

  it('decodes the index of 2013 from the published shares (J4)', () => {
    // 721 satisfied, of them 49 very satisfied, 279 neutral: H = 0.721 + 0.049 = 0.770.
    const preschool = countsUnit({ OVERALL: { 4: 672, 5: 49, 3: 279 } })
    expect(indexOf(projectMethod('hids-2013'), preschool).value).to.be.closeTo(
      golden.J4_hids2013.preschool!.published,
      1e-9,
    )
    // Shares per thousand; what exceeds satisfied minus dissatisfied is put down to "very satisfied".
    for (const name of ['income_tax', 'bus']) {
      const { sat, neutral, dis, implied, published } = golden.J4_hids2013[name]!
      const [all, middle, low, very] = [sat, neutral, dis, implied].map((share) => Math.round(share * 1000))
      const unit = countsUnit({ OVERALL: { 5: very!, 4: all! - very!, 3: middle!, 2: low! } })
      expect(indexOf(projectMethod('hids-2013'), unit).value, name).to.be.closeTo(published, 1e-9)
    }
  })

  it('gives the competitiveness scores of I1', () => {
    const { units, pos, neg, fwd, rev, sub1, sub2, composite100, weights } = golden.I1_ddci
    const name = { vi: 'Thử', en: 'Test' }
    const criterion = (code: string, isReversed: boolean) => ({ code, name, isReversed })
    const part = (code: string, weight: number, criteria: readonly ReturnType<typeof criterion>[]) =>
      ({ code, name, weight, rule: 'mean_of_children', missing: 'leave_out', multiplyBy: 1, criteria }) as const
    const ddci = projectMethod('ddci-hcm')
    const parts = [
      part('S1', weights[0]!, [criterion('POS', false), criterion('NEG', true)]),
      part('S2', weights[1]!, [criterion('SCORE', false)]),
    ]
    const split = (agreeing: number, asked: number) => ({ 4: agreeing, 2: asked - agreeing })
    // The second component is published as a score only: two more units, in the middle elsewhere, set its ends to 1 and
    // 10 at 0 % and 100 % agreeing, so that agreeing = (score − 1)/9.
    const unit = (code: string, positive: number, negative: number, score: number) =>
      countsUnit(
        { POS: split(positive, 100), NEG: split(negative, 100), SCORE: split(Math.round(100 * (score - 1)), 900) },
        code,
        'department',
      )
    const ends = [unit('Worst', 60, 20, 1), unit('Best', 60, 20, 10)]
    const all = [...units.map((code, i) => unit(code, pos[i]!, neg[i]!, sub2[i]!)), ...ends]
    const figures = compute({ ...ddci, index: { ...ddci.index, parts } }, ...all).slice(0, units.length)
    figures.forEach(({ index }, i) => {
      expect(figureOf(index, 'POS').value).to.be.closeTo(fwd[i]!, 1e-6)
      expect(figureOf(index, 'NEG').value).to.be.closeTo(rev[i]!, 1e-6)
      expect(figureOf(index, 'NEG').absolute).to.equal(neg[i])
      expect(figureOf(index, 'S1').value).to.be.closeTo(sub1[i]!, 1e-6)
      expect(figureOf(index, 'S2').value).to.be.closeTo(sub2[i]!, 1e-6)
      expect(index.value).to.be.closeTo(composite100[i]!, 1e-6)
    })
  })
})
