import { expect } from 'chai'
import { bootstrapMethod } from '../../../../server/domain/method/bootstrap-method.js'
import { checkMethod } from '../../../../server/domain/method/check-method.js'
import { classify } from '../../../../server/domain/method/classify.js'
import { partCoefficients } from '../../../../server/domain/method/combine-parts.js'
import { protectFigure } from '../../../../server/domain/method/protect-figure.js'
import { standardiseBlock } from '../../../../server/domain/method/standardise-block.js'
import { scoreOfAnswer } from '../../../../server/domain/method/transformations.js'
import { countsUnit, indexOf, methodOf, projectMethod, unitOf } from '../../../support/methods.js'

describe('methods at the edge of what is defined', () => {
  const parts = [
    { value: 50, answers: 4 },
    { value: null, answers: 0 },
  ]

  it('leaves parts without a figure out, or gives no figure, as the method says', () => {
    expect(partCoefficients({ rule: 'mean_of_children', missing: 'leave_out' }, parts)).to.deep.equal([1, 0])
    expect(partCoefficients({ rule: 'sum', missing: 'no_value' }, parts)).to.equal(null)
    expect(partCoefficients({ rule: 'sum', missing: 'leave_out' }, [])).to.equal(null)
  })

  it('refuses a weighted mean without weights, and parts under single_item', () => {
    const missing = 'leave_out'
    expect(() => partCoefficients({ rule: 'weighted_mean', missing }, parts)).to.throw(RangeError, 'no weight')
    expect(() => partCoefficients({ rule: 'single_item', missing }, parts)).to.throw(RangeError, 'single_item')
  })

  it('refuses points that are not there and figures that are not finite', () => {
    const scoring = { scale: { lowest: 1, highest: 5 }, transformation: 'mean_points', points: { 1: 0 } } as const
    expect(() => scoreOfAnswer(2, scoring)).to.throw(RangeError, 'code 2')
    const { standardisation } = projectMethod('ddci-hcm')
    expect(() => standardiseBlock(new Map([['a', Number.NaN]]), standardisation!, false)).to.throw(RangeError, 'NaN')
  })

  it('has no class below the last cut', () => {
    const fair = { code: 'fair', name: { vi: 'Khá', en: 'Fair' }, from: 9 }
    expect([classify(8.9, [fair]), classify(9, [fair]), classify(null, [fair])]).to.deep.equal([null, fair, null])
  })

  it('wants codes 1 to 5 where 3 is the middle', () => {
    const method = methodOf('mean_minus_3', [['A']], {}, { scale: { lowest: 1, highest: 10 } })
    expect(checkMethod(method)).to.deep.equal([{ code: 'scale_not_1_to_5', path: ['scale'], params: {} }])
    expect(checkMethod(methodOf('mean_minus_3', [['A']]))).to.deep.equal([])
  })

  it('says an unfit questionnaire also when bootstrapping, and maps the items of a fit one', () => {
    const method = projectMethod('ddci-hcm')
    const cases = Array.from({ length: 30 }, (_, i) => ({ respondent: String(i), answers: { M1: 4 } }))
    const run = (version: string) =>
      bootstrapMethod(
        method,
        { questionnaire: { id: 'business', version }, units: [unitOf(cases, 'a', 'department')] },
        { replicates: 2, seed: 'x' },
      )
    expect(run('1999.1').kind).to.equal('unfit_questionnaire')
    const known = run('2026.1')
    const [unit] = known.kind === 'computed' ? known.units : []
    expect(unit?.index.parts[0]?.interval).to.deep.equal({ low: 5.5, high: 5.5 })
  })
})

describe('protecting a figure of a method', () => {
  const method = methodOf('mean', [['A']], {}, { id: 'own' })
  const figure = (base: number) => indexOf(method, countsUnit({ A: { 4: base } }))

  it('goes by the thresholds of the method and of the reader', () => {
    expect(protectFigure(figure(4), method, 'internal')).to.deep.equal({ kind: 'suppressed', reason: 'too_few' })
    expect(protectFigure(figure(29), method, 'public')).to.deep.equal({ kind: 'suppressed', reason: 'unreliable' })
    expect(protectFigure(figure(59), method, 'public')).to.deep.include({ kind: 'published', reliability: 'flagged' })
    expect(protectFigure(figure(60), method, 'public')).to.deep.include({ kind: 'published', reliability: 'reliable' })
    expect(protectFigure(figure(0), method, 'public')).to.deep.equal({ kind: 'empty' })
  })

  it('refuses the figure of another method', () => {
    expect(() => protectFigure(figure(60), projectMethod('gds'), 'public')).to.throw(RangeError, 'own 2026.1')
  })
})
