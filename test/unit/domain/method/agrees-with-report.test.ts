import { expect } from 'chai'
import fc from 'fast-check'
import { instrumentOf } from '../../../../server/domain/index/instrument.js'
import { figuresOfLine } from '../../../../server/domain/index/line-figures.js'
import { linesOf } from '../../../../server/domain/index/lines.js'
import { tallyOf } from '../../../../server/domain/index/tally-responses.js'
import { figureOf, indexOf, methodOf, unitOf } from '../../../support/methods.js'
import { tinyQuestionnaire } from '../../../support/tiny-questionnaire.js'

const questionnaire = tinyQuestionnaire()
const instrument = instrumentOf(questionnaire)
const FACTORS = [
  ['C1', 'C2', 'C3'],
  ['C4', 'C5'],
]

/** Index and factors of the report and of a method on the same answers, side by side. */
function sideBySide(rows: readonly Readonly<Record<string, number>>[], rule: 'mean_of_children' | 'pooled') {
  const tally = tallyOf(
    questionnaire,
    rows.map((answers) => ({ answers, disposition: 'complete' })),
  )
  const method = methodOf('top_two_share', FACTORS, { factor: rule, index: rule }, { interval: { kind: 'wilson' } })
  const index = indexOf(method, unitOf(rows.map((answers, i) => ({ respondent: String(i), answers }))))
  return [
    ['overall', 'INDEX'],
    ['F1', 'F1'],
    ['F2', 'F2'],
  ].map(([line, code]) => {
    const found = linesOf(instrument, rule, questionnaire.overallItem).find((one) => one.code === line)
    return { report: figuresOfLine(found!, tally, instrument, rule), method: figureOf(index, code!) }
  })
}

const rowsOf = (answer: fc.Arbitrary<number>) =>
  fc.array(fc.record({ C1: answer, C2: answer, C3: answer, C4: answer, C5: answer }), { minLength: 2, maxLength: 25 })

function expectSame({ report, method }: ReturnType<typeof sideBySide>[number], tolerance: number): void {
  expect(method.value === null).to.equal(report === null)
  if (report === null) return
  expect(method.value).to.be.closeTo(report.topTwoBoxPercent, 1e-9)
  expect([method.base, method.answers]).to.deep.equal([report.base, report.answers])
  expect(method.interval?.low).to.be.closeTo(report.interval.lowPercent, tolerance / method.answers)
  expect(method.interval?.high).to.be.closeTo(report.interval.highPercent, tolerance / method.answers)
}

describe('a method beside the index report', () => {
  it('gives the same figures and intervals under pooled, gaps or none', () => {
    fc.assert(
      fc.property(rowsOf(fc.constantFrom(1, 2, 3, 4, 5, 96, 99)), (rows) => {
        for (const pair of sideBySide(rows, 'pooled')) expectSame(pair, 1e-6)
      }),
    )
  })

  // The report counts balanced answers by whole-number weights, 36 for 15 here, in n/(n − 1) of the design effect: the
  // intervals part by a share of a point that goes to 0 with the answers.
  it('gives the same figures and nearly the same intervals under mean_of_children when nobody left a gap', () => {
    fc.assert(
      fc.property(rowsOf(fc.constantFrom(1, 2, 3, 4, 5)), (rows) => {
        for (const pair of sideBySide(rows, 'mean_of_children')) expectSame(pair, 20)
      }),
    )
  })
})
