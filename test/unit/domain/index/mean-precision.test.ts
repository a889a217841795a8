import { expect } from 'chai'
import { instrumentOf } from '../../../../server/domain/index/instrument.js'
import { figuresOfLine } from '../../../../server/domain/index/line-figures.js'
import { linesOf } from '../../../../server/domain/index/lines.js'
import { effectiveBaseOfMean } from '../../../../server/domain/index/mean-precision.js'
import { type CountedResponse, tallyOf } from '../../../../server/domain/index/tally-responses.js'
import { effectiveBaseOfRatio } from '../../../../server/domain/statistics/cluster-ratio.js'
import { tinyQuestionnaire } from '../../../support/tiny-questionnaire.js'

const part = (validCount: number, meanWeight: number) => ({ validCount, meanWeight, ratioWeight: 1 })

describe('precision of a mean of children', () => {
  it('is that of the ratio where all items have the same base', () => {
    // Forty respondents, two answers each: 10 satisfied with none, 15 with one, 15 with both.
    const sums = { respondents: 40, answers: 80, hits: 45, answersSquared: 160, hitsSquared: 75, answersTimesHits: 90 }
    const mean = effectiveBaseOfMean(sums, 80, [part(40, 0.5), part(40, 0.5)])
    expect(mean).to.be.closeTo(effectiveBaseOfRatio(sums), 1e-9)
  })

  it('is lower where one item has few answers', () => {
    // 100 respondents on the first item, 4 of them on the second, all satisfied: the correlation is taken for 1.
    // Ratio: (100 + 4 + 2·4)/104² = 0.010355; mean: 0.25/100 + 0.25/4 + 2·0.25/100 = 0.07; 100·0.010355/0.07 = 14.792900.
    const answersSquared = 96 + 4 * 4
    const sums = {
      ...{ respondents: 100, answers: 104, hits: 104 },
      ...{ answersSquared, hitsSquared: answersSquared, answersTimesHits: answersSquared },
    }
    expect(effectiveBaseOfMean(sums, 104, [part(100, 0.5), part(4, 0.5)])).to.be.closeTo(14.7929, 1e-5)
  })

  it('comes near the variance linearised over the respondents themselves, in the factor and in the index', () => {
    const responses = Array.from({ length: 2000 }, (_, i) => caseOf(i))
    for (const [code, weights] of Object.entries({
      F1: { C1: 1 / 3, C2: 1 / 3, C3: 1 / 3 },
      overall: { C1: 1 / 6, C2: 1 / 6, C3: 1 / 6, C4: 1 / 4, C5: 1 / 4 },
    })) {
      const questionnaire = tinyQuestionnaire()
      const instrument = instrumentOf(questionnaire)
      const line = linesOf(instrument, 'mean_of_children', 'G1').find((one) => one.code === code)!
      const figures = figuresOfLine(line, tallyOf(questionnaire, responses), instrument, 'mean_of_children')!
      const share = figures.topTwoBoxPercent / 100
      const error = Math.sqrt((share * (1 - share)) / figures.effectiveBase)
      expect(error / linearisedError(responses, weights), code).to.be.within(0.95, 1.05)
    }
  })
})

/** One opinion in two of three answers, the others by chance; C3 is asked of every twentieth. Low bits of i decide. */
function caseOf(i: number): CountedResponse {
  const chance = (salt: number) => ((i + 1) * 2654435761 * (salt + 3)) % 1009 < 700
  const answer = (salt: number) => (chance(salt % 3 === 0 ? salt + 1 : 0) ? 5 : 2)
  const answers = { C1: answer(1), C2: answer(2), C4: answer(3), C5: answer(4), C3: i % 20 === 0 ? answer(5) : 96 }
  return { answers, disposition: 'complete' }
}

/** √V of Σ wⱼpⱼ: V = n/(n−1)·Σ e², e = Σ wⱼ(yⱼ − pⱼ)/nⱼ over the respondent's valid answers. */
function linearisedError(responses: readonly CountedResponse[], weights: Readonly<Record<string, number>>): number {
  const codes = Object.keys(weights)
  const hits = (code: string) =>
    responses.flatMap(({ answers }) => (answers[code] === 96 ? [] : [answers[code] === 5 ? 1 : 0]))
  const known = new Map(codes.map((code) => [code, hits(code)]))
  const share = (code: string) => known.get(code)!.reduce<number>((sum, hit) => sum + hit, 0) / known.get(code)!.length
  const shares = new Map(codes.map((code) => [code, share(code)]))
  const squares = responses.reduce((sum, { answers }) => {
    const influence = codes.reduce((own, code) => {
      if (answers[code] === 96) return own
      return own + (weights[code]! * ((answers[code] === 5 ? 1 : 0) - shares.get(code)!)) / known.get(code)!.length
    }, 0)
    return sum + influence * influence
  }, 0)
  return Math.sqrt((responses.length / (responses.length - 1)) * squares)
}
