import { expect } from 'chai'
import { computeMethod } from '../../../../server/domain/method/compute-method.js'
import { compute, countsUnit, figureOf, flatten, indexOf, methodOf, projectMethod } from '../../../support/methods.js'

describe('computing a method', () => {
  const DECREE = projectMethod('decree-61-2018')
  const CODES = DECREE.index.criteria!.map(({ code }) => code)
  /** Ten files rated on each criterion, with `points` points in all over the ten. */
  const rated = (points: readonly number[]) =>
    countsUnit(Object.fromEntries(CODES.map((code, i) => [code, splitPoints(points[i]!)])))
  const splitPoints = (points: number) => ({ 2: Math.floor(points / 2), 1: points % 2, 0: 10 - Math.ceil(points / 2) })

  // Points over ten files; nine criteria of 20, 10 or less each add up to ten times the total.
  const boundaries: readonly (readonly [number, string])[] = [
    [180, 'excellent'],
    [150, 'excellent'],
    [149, 'good'],
    [120, 'good'],
    [119, 'fair'],
    [90, 'fair'],
    [89, 'average'],
    [60, 'average'],
    [59, 'weak'],
    [0, 'weak'],
  ]
  for (const [total, expected] of boundaries) {
    it(`classes ${total / 10} of the decree's 18 points as ${expected}`, () => {
      const points = CODES.map((_, i) => Math.floor(total / 9) + (i < total % 9 ? 1 : 0))
      const index = indexOf(DECREE, rated(points))
      expect(index.value).to.be.closeTo(total / 10, 1e-9)
      expect(index.class?.code).to.equal(expected)
      expect(index.interval).to.equal(null)
    })
  }

  it('gives no total and no class under the decree when a criterion was not rated', () => {
    const items = { ...rated(CODES.map(() => 20)).items }
    delete items.TC9
    const index = indexOf(DECREE, { unit: 'city', block: 'all', items })
    expect([index.value, index.class]).to.deep.equal([null, null])
    expect(index.flags).to.deep.equal({ missing_items: ['TC9'] })
  })

  it('stands on the items of the questionnaire that the method names, and says which item serves twice', () => {
    const sipas = projectMethod('sipas-2017')
    const items = Object.fromEntries(Object.values(sipas.fits[0]!.items).map((item) => [item, { codes: { 4: 30 } }]))
    const questionnaire = { id: 'citizen', version: '2026.1' }
    const units = [{ unit: 'a', block: 'all', items: { ...items, A2: { codes: { 4: 15, 2: 15 } } } }]
    const outcome = computeMethod(sipas, { questionnaire, units })
    const index = outcome.kind === 'computed' ? outcome.units[0]!.index : null
    expect(figureOf(index!, 'TC1').value).to.equal(50)
    // TC = mean of 50, 100, 100, 100; the other four factors are 100.
    expect(index?.value).to.be.closeTo((87.5 + 400) / 5, 1e-9)
    expect(index?.flags).to.deep.equal({ shared_items: ['TC2', 'TC3'] })
  })

  it('names the questionnaires it knows when asked about another', () => {
    const data = { questionnaire: { id: 'citizen', version: '1999.1' }, units: [] }
    expect(computeMethod(projectMethod('gds'), data)).to.deep.equal({
      kind: 'unfit_questionnaire',
      method: { id: 'gds', version: '2026.1' },
      known: ['citizen', 'counter', 'business'].map((id) => ({ id, version: '2026.1' })),
    })
  })

  it('puts method and version on every figure', () => {
    const index = indexOf(projectMethod('sipas-2023'), countsUnit({ TC1: { 5: 3 } }))
    const names = flatten(index).map(({ method }) => `${method.id} ${method.version}`)
    // Index, 2 halves, 4 contents and 5 factors, 32 and 16 criteria.
    expect(names).to.have.lengthOf(60)
    expect(new Set(names)).to.deep.equal(new Set(['sipas-2023 2026.1']))
  })

  it('has no index of 2023 without one of its halves, but shows the other', () => {
    const index = indexOf(projectMethod('sipas-2023'), countsUnit({ TC1: { 5: 3, 2: 1 } }))
    expect([index.value, figureOf(index, 'SERVICE').value, figureOf(index, 'POLICY').value]).to.deep.equal([
      null,
      75,
      null,
    ])
  })

  it('tells criteria that were not asked from criteria nobody answered', () => {
    const { flags, value } = indexOf(
      methodOf('mean', [['A', 'B', 'C']]),
      countsUnit({ A: { 5: 2 }, B: { 96: 4, 99: 1 } }),
    )
    expect(flags).to.deep.equal({ missing_items: ['C'], no_answers: ['B'] })
    expect(value).to.equal(5)
  })

  it('refuses counts below 0', () => {
    const method = methodOf('mean', [['A']])
    expect(() => compute(method, countsUnit({ A: { 3: -1 } }))).to.throw(RangeError, 'got -1')
  })
})

describe('computing standardised scores', () => {
  const DDCI = projectMethod('ddci-hcm')
  const CODES = Object.keys(DDCI.fits[0]!.items)
  const LOCAL = ['L3', 'Z1', 'Z2']
  /** A unit where so many of the raters agree with everything, positive or negative. */
  function agreeing(unit: string, agree: number, raters: number, block = 'department') {
    const codes = block === 'department' ? CODES.filter((code) => !LOCAL.includes(code)) : CODES
    return countsUnit(Object.fromEntries(codes.map((code) => [code, { 5: agree, 1: raters - agree }])), unit, block)
  }

  it('scores every block by itself, departments without land', () => {
    const units = [
      agreeing('d1', 50, 100),
      agreeing('d2', 60, 100),
      agreeing('l1', 10, 100, 'locality'),
      agreeing('l2', 90, 100, 'locality'),
    ]
    const [first, second, , last] = compute(DDCI, ...units).map(({ index }) => index)
    expect(figureOf(first!, 'M1').value).to.equal(1)
    expect(figureOf(second!, 'M1').value).to.equal(10)
    expect(figureOf(last!, 'M1').value).to.equal(10)
    expect(first?.parts.map(({ code }) => code)).to.not.include('DD')
    expect(last?.parts.map(({ code }) => code)).to.include('DD')
    expect(first?.flags).to.deep.equal({})
    // Agreeing least: 1 on the positive statements, 10 on the negative. CPKCT (10+10+1)/3 = 7, CPTG (1+1+10)/3 = 4,
    // CTBD 5.5, the other six 1: (7 + 4 + 5.5 + 6)/9 · 10 = 25.
    expect(first?.value).to.be.closeTo(25, 1e-9)
  })

  it('gives 5.5 and says so when the units do not differ', () => {
    const [first] = compute(DDCI, agreeing('d1', 50, 100), agreeing('d2', 50, 100))
    expect(first?.index.value).to.be.closeTo(55, 1e-9)
    expect(first?.index.flags.no_variation).to.have.lengthOf(22)
  })

  it('leaves a unit with fewer than 30 raters out of the comparison', () => {
    const [few, worst, best] = compute(DDCI, agreeing('few', 0, 29), agreeing('d1', 30, 60), agreeing('d2', 40, 60))
    expect(few?.index.value).to.equal(null)
    expect(few?.index.flags.below_min_base).to.have.lengthOf(22)
    expect(figureOf(few!.index, 'M1').absolute).to.equal(0)
    expect([figureOf(worst!.index, 'M1').value, figureOf(best!.index, 'M1').value]).to.deep.equal([1, 10])
  })
})
