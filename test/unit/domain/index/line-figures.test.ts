import { expect } from 'chai'
import type { AggregationRule } from '../../../../server/domain/index/aggregate.js'
import { instrumentOf } from '../../../../server/domain/index/instrument.js'
import { figuresOfLine, headlineOfLine, nonresponseOf } from '../../../../server/domain/index/line-figures.js'
import { linesOf, partKeys } from '../../../../server/domain/index/lines.js'
import type { Tally } from '../../../../server/domain/index/tally.js'
import { type CountedResponse, tallyOf } from '../../../../server/domain/index/tally-responses.js'
import { wilsonInterval } from '../../../../server/domain/statistics/wilson.js'
import { golden } from '../../../support/golden.js'
import { rating, tinyQuestionnaire } from '../../../support/tiny-questionnaire.js'

const questionnaire = tinyQuestionnaire()
const instrument = instrumentOf(questionnaire)
const b1 = golden.B1_aggregation

function complete(answers: CountedResponse['answers']): CountedResponse {
  return { answers, disposition: 'complete' }
}

function figure(tally: Tally, rule: AggregationRule, code: string) {
  const line = linesOf(instrument, rule, questionnaire.overallItem).find((candidate) => candidate.code === code)
  return line === undefined ? undefined : figuresOfLine(line, tally, instrument, rule)
}

const b1Tally = tallyOf(
  questionnaire,
  Object.values(b1.matrix).map((row) =>
    complete(Object.fromEntries(row.map((answer, i) => [`C${i + 1}`, answer === 'NA' ? 96 : (answer ?? 99)]))),
  ),
)

describe('figures of report lines', () => {
  it('gives the criteria of acceptance value B1', () => {
    const percents = ['C1', 'C2', 'C3', 'C4', 'C5'].map(
      (code) => figure(b1Tally, 'mean_of_children', code)?.topTwoBoxPercent,
    )
    percents.forEach((percent, i) => {
      expect(percent).to.be.closeTo(b1.criteria_pct[i]!, 1e-9)
    })
  })

  it('gives factors and index of B1 under mean_of_children', () => {
    expect(figure(b1Tally, 'mean_of_children', 'F1')?.topTwoBoxPercent).to.be.closeTo(b1.F1_mean!, 1e-9)
    expect(figure(b1Tally, 'mean_of_children', 'F2')?.topTwoBoxPercent).to.be.closeTo(b1.F2_mean!, 1e-9)
    expect(figure(b1Tally, 'mean_of_children', 'overall')?.topTwoBoxPercent).to.be.closeTo(
      b1.overall_mean_of_factors!,
      1e-9,
    )
  })

  it('gives factors and index of B1 under pooled', () => {
    expect(figure(b1Tally, 'pooled', 'F1')?.topTwoBoxPercent).to.be.closeTo(b1.F1_pooled!, 1e-9)
    expect(figure(b1Tally, 'pooled', 'F2')?.topTwoBoxPercent).to.be.closeTo(b1.F2_pooled!, 1e-9)
    expect(figure(b1Tally, 'pooled', 'overall')?.topTwoBoxPercent).to.be.closeTo(b1.overall_pooled!, 1e-9)
  })

  it('stands on an item of its own under single_item and leaves out factors without one', () => {
    const tally = tallyOf(questionnaire, [complete({ G1: 5, C1: 1, C4: 2 }), complete({ G1: 2, C1: 1, C4: 4 })])
    expect(figure(tally, 'single_item', 'overall')).to.deep.include({ topTwoBoxPercent: 50, base: 2 })
    expect(figure(tally, 'single_item', 'F2')).to.deep.include({ topTwoBoxPercent: 50 })
    expect(figure(tally, 'single_item', 'F1')).to.equal(undefined)
  })

  it('has a base of respondents and counts of answers, N/A and blank apart', () => {
    expect(figure(b1Tally, 'mean_of_children', 'F1')).to.deep.include({
      base: 6,
      answers: 16,
      nonresponse: { notApplicable: 2, dontKnow: 0, refused: 0, blank: 0 },
    })
    expect(figure(b1Tally, 'pooled', 'F2')?.nonresponse.blank).to.equal(1)
  })

  it('has a wider interval for a composite than answers taken as independent would give', () => {
    // Twelve respondents, each of one opinion on three criteria: deff 11/3·… is above 1, so 36 answers are worth fewer.
    const tally = tallyOf(
      questionnaire,
      Array.from({ length: 12 }, (_, i) => {
        const answer = i % 2 === 0 ? 5 : 2
        return complete({ C1: answer, C2: answer, C3: answer })
      }),
    )
    const { interval } = figure(tally, 'pooled', 'F1')!
    const naive = wilsonInterval(0.5, 36)
    expect(interval.highPercent - interval.lowPercent).to.be.above(1.5 * (naive.highPercent - naive.lowPercent))
    // k = 3, t = 3 or 0: V = 12/11·12·2.25/36² = 1/44; deff = (1/44)/(0.25/35) = 35/11; n_eff = 36·11/35 = 11.314286.
    const worked = wilsonInterval(0.5, (36 * 11) / 35)
    expect(interval.lowPercent).to.be.closeTo(worked.lowPercent, 1e-9)
  })

  it('weights answers so that each factor counts alike when no answer is missing', () => {
    const tally = tallyOf(questionnaire, [
      complete({ C1: 5, C2: 4, C3: 2, C4: 1, C5: 4 }),
      complete({ C1: 4, C2: 2, C3: 2, C4: 5, C5: 5 }),
      complete({ C1: 1, C2: 5, C3: 4, C4: 3, C5: 2 }),
    ])
    const { hits, answers } = tally.balancedOverall
    expect((100 * hits) / answers).to.be.closeTo(figure(tally, 'mean_of_children', 'overall')!.topTwoBoxPercent, 1e-9)
  })

  it('turns a reversed item round in its own line and in its composite', () => {
    const tally = tallyOf(questionnaire, [complete({ R1: 1, M1: 4 }), complete({ R1: 2, M1: 1 })])
    expect(figure(tally, 'mean_of_children', 'R1')?.topTwoBoxPercent).to.equal(100)
    expect(figure(tally, 'pooled', 'MOD')?.topTwoBoxPercent).to.equal(75)
    expect(tally.items.R1?.codes).to.deep.equal({ 1: 1, 2: 1 })
  })

  it('is nothing for a line nobody answered', () => {
    expect(figure(b1Tally, 'mean_of_children', 'MOD')).to.equal(null)
    expect(figure(b1Tally, 'mean_of_children', 'G1')).to.equal(null)
  })

  it('leaves out items that the tally has no answers of', () => {
    const tally = tallyOf(questionnaire, [complete({ C1: 5 }), complete({ C1: 2 })])
    expect(figure(tally, 'mean_of_children', 'F1')).to.include({ topTwoBoxPercent: 50, base: 2, answers: 2 })
    expect(nonresponseOf('C2', tally)).to.deep.equal({ notApplicable: 0, dontKnow: 0, refused: 0, blank: 0 })
  })

  it('has the headline alone from counts without sums by respondent', () => {
    const lineOf = (code: string) => linesOf(instrument, 'pooled', 'G1').find((line) => line.code === code)!
    const percentOf = (code: string, items: Tally['items']) =>
      headlineOfLine(lineOf(code), items, instrument, 'pooled')?.topTwoBoxPercent
    expect(percentOf('C1', b1Tally.items)).to.be.closeTo(b1.criteria_pct[0]!, 1e-9)
    expect(percentOf('F1', b1Tally.items)).to.be.closeTo(b1.F1_pooled!, 1e-9)
    expect([percentOf('C1', {}), percentOf('F1', {})]).to.deep.equal([undefined, undefined])
  })

  it('is nothing for a composite whose sums by respondent are not known', () => {
    expect(figure({ ...b1Tally, factors: {} }, 'pooled', 'F1')).to.equal(null)
  })
})

describe('lines of a questionnaire', () => {
  it('are index, factors with their criteria, then items outside every factor', () => {
    const codes = linesOf(instrument, 'pooled', 'G1').map(({ code }) => code)
    expect(codes).to.deep.equal(['overall', 'F1', 'C1', 'C2', 'C3', 'F2', 'C4', 'C5', 'MOD', 'M1', 'R1', 'G1'])
  })

  it('know the keys of the lines that they are computed from', () => {
    const lines = linesOf(instrument, 'pooled', 'G1')
    const keysOf = (code: string) => partKeys(lines.find((line) => line.code === code)!)
    expect(keysOf('overall')).to.deep.equal(['factor F1', 'factor F2'])
    expect(keysOf('F2')).to.deep.equal(['criterion C4', 'criterion C5'])
  })

  it('have no index where nothing measures it', () => {
    const overall = (tiny: Parameters<typeof instrumentOf>[0], rule: AggregationRule) =>
      linesOf(instrumentOf(tiny), rule, tiny.overallItem).filter(({ level }) => level === 'overall')
    expect(overall(tinyQuestionnaire({ overallItem: 'NONE' }), 'single_item')).to.deep.equal([])
    const { factors } = questionnaire
    const modules = tinyQuestionnaire({ factors: factors.filter(({ role }) => role === 'module') })
    expect(overall(modules, 'pooled')).to.deep.equal([])
  })

  it('are told apart by their section where two items ask in the same words', () => {
    const [section] = questionnaire.sections
    const text = section!.items[0]!.text
    const twin = { ...section!, code: 'twin', title: { vi: 'Hai', en: 'Two' }, items: [rating('X1', { text })] }
    const lines = linesOf(instrumentOf(tinyQuestionnaire({ sections: [section!, twin] })), 'pooled', 'G1')
    expect(lines.find(({ code }) => code === 'X1')?.label.en).to.equal(`Two: ${text.en}`)
    expect(lines.find(({ code }) => code === 'C1')?.label.en).to.equal(`All: ${text.en}`)
    expect(lines.find(({ code }) => code === 'C2')?.label.en).to.equal('Criterion C2')
  })

  it('are refused when a factor names an item that is not rated', () => {
    const broken = tinyQuestionnaire({
      factors: [{ code: 'F', name: { vi: 'F', en: 'F' }, items: ['NONE'], role: 'index' }],
    })
    expect(() => instrumentOf(broken)).to.throw(RangeError, 'NONE')
  })
})
