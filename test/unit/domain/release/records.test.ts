import { expect } from 'chai'
import fc from 'fast-check'
import { planOf } from '../../../../server/domain/analysis/analysis-plan.js'
import { createAnalysisSums } from '../../../../server/domain/analysis/analysis-sums.js'
import { caseJudge } from '../../../../server/domain/analysis/judge-case.js'
import { tallyOf } from '../../../../server/domain/index/tally-responses.js'
import {
  changedRecords,
  countRecords,
  type RecordedCase,
  recordColumns,
  recordCounter,
  recordMaker,
  recordsHead,
} from '../../../../server/domain/release/records.js'
import { RELEASE_RULES } from '../../../../server/domain/release/release-rules.js'
import { analysisQuestionnaire, analysisRoles, COMMENT_CODES, manyCases } from '../../../support/analysis-city.js'
import { rating, tinyQuestionnaire } from '../../../support/tiny-questionnaire.js'

const questionnaire = tinyQuestionnaire({}, [rating('Z9')])
const plan = planOf(questionnaire, null)
const unjudged = { service: 's1', flags: [], comment: null }
const lineOf = (one: Omit<RecordedCase, keyof typeof unjudged>) => recordMaker(plan)({ ...unjudged, ...one })

describe('the records of a release', () => {
  it('have the unit, how the case ended, the weight, each rating, service, flags and topics, and nothing else', () => {
    expect(recordColumns(plan).join()).to.equal(
      'unit,disposition,weight,C1,C2,C3,C4,C5,M1,G1,R1,Z9,service,flags,topics',
    )
    const answers = { C1: 5, C2: 96, C5: 1, R1: 2, GENDER: 1, words: 'a sentence', many: [1, 2] }
    expect(lineOf({ unitUid: 'q1', disposition: 'complete', answers })).to.equal('q1,complete,1,5,96,,,1,,,2,,s1,,')
  })

  it('take no answer over from a partial case, which counts as received only', () => {
    expect(lineOf({ unitUid: 'q1', disposition: 'partial', answers: { C1: 5 } })).to.equal('q1,partial,1,,,,,,,,,,s1,,')
  })

  it('count to the same tally as the responses that they come from', () => {
    const answer = fc.constantFrom(undefined, 1, 2, 3, 4, 5, 96, 97, 98, 99)
    const one = fc.record({
      unitUid: fc.constantFrom('q1', 'q2'),
      disposition: fc.constantFrom('complete' as const, 'partial' as const),
      answers: fc.record({ C1: answer, C2: answer, C4: answer, M1: answer, R1: answer }).map((all) => ({
        ...(Object.fromEntries(Object.entries(all).filter(([, code]) => code !== undefined)) as Record<string, number>),
      })),
    })
    fc.assert(
      fc.property(fc.array(one, { maxLength: 12 }), (responses) => {
        const counted = countRecords(plan, responses.map(lineOf))
        if ('fault' in counted) throw new Error(JSON.stringify(counted.fault))
        for (const uid of new Set(responses.map(({ unitUid }) => unitUid))) {
          const own = responses.filter(({ unitUid }) => unitUid === uid)
          expect(counted.counts.units.get(uid)).to.deep.equal(tallyOf(questionnaire, own))
        }
      }),
    )
  })

  it('have a head that names their columns', () => {
    const tiny = planOf(tinyQuestionnaire(), null)
    expect(recordsHead(tiny)).to.equal('unit,disposition,weight,C1,C2,C3,C4,C5,M1,G1,R1,service,flags,topics')
  })

  const good = 'q1,complete,1,5,4,3,2,1,,,,,s1,,'
  for (const [what, line, column] of [
    ['another weight', 'q1,complete,2,5,4,3,2,1,,,,,s1,,', 'weight'],
    ['a weight written otherwise', 'q1,complete,1.0,5,4,3,2,1,,,,,s1,,', 'weight'],
    ['an unknown end', 'q1,finished,1,5,4,3,2,1,,,,,s1,,', 'disposition'],
    ['a code that is none', 'q1,complete,1,5,x,3,2,1,,,,,s1,,', 'C2'],
    ['a service that is none', 'q1,complete,1,5,4,3,2,1,,,,,S 1,,', 'service'],
    ['a flag that is none', 'q1,complete,1,5,4,3,2,1,,,,,s1,late,', 'flags'],
    ['a topic that nobody counts', 'q1,complete,1,5,4,3,2,1,,,,,s1,,bribes', 'topics'],
    ['a missing cell', 'q1,complete,1,5', 'all'],
  ] as const)
    it(`name the line of ${what}`, () => {
      const counted = countRecords(plan, [good, line])
      expect('fault' in counted && [counted.fault.line, counted.fault.column]).to.deep.equal([3, column])
    })
})

describe('records of answers beyond the ratings', () => {
  const whole = planOf(analysisQuestionnaire(), analysisRoles, COMMENT_CODES)
  const columns = recordColumns(whole)
  const all = manyCases(600)
  const judge = caseJudge(whole, { rules: RELEASE_RULES, medianSeconds: 300, isUnitValid: () => true })
  const toLine = recordMaker(whole)
  const lines = all.map((one) => toLine({ ...one, ...judge(one) }))

  it('keep groups, wishes, negatives, flags and topics, and no word of a comment', () => {
    expect(columns.slice(-8)).to.deep.equal(['P1', 'H2', 'H3', 'H4', 'H6', 'service', 'flags', 'topics'])
    expect(lines.join('\n')).to.not.match(/0903|phong|nhận|H7/)
    // By hand: two wishes, nothing picked, a comment on waiting, one on no topic.
    const one = all.find(({ disposition }) => disposition === 'complete')!
    const cellsOf = (answers: object) => {
      const changed = { ...one, answers: { ...one.answers, ...answers } }
      return toLine({ ...changed, ...judge(changed) }).split(',')
    }
    const wishesAndTopics = (answers: object) => {
      const cells = cellsOf(answers)
      return [cells[columns.indexOf('H6')], cells[columns.indexOf('topics')]]
    }
    expect(wishesAndTopics({ H6: [2, 5], H7: 'Chờ lâu quá' })).to.deep.equal(['2 5', 'waiting'])
    expect(wishesAndTopics({ H6: [], H7: 'Tạm được' })).to.deep.equal(['-', '-'])
  })

  it('count to the same sums as the responses that they come from', () => {
    const sums = createAnalysisSums(whole, RELEASE_RULES)
    for (const one of all) sums.add(judge(one))
    const expected = sums.result()
    const counter = recordCounter(whole)
    for (const line of lines) expect(counter.add(line)).to.equal(null)
    const { analysis, services } = counter.result()
    expect(analysis).to.deep.equal({ ...expected, comments: { ...expected.comments, verbatims: [] } })
    for (const service of ['land', 'tax']) {
      const own = all.filter((one) => one.service === service)
      expect(services.get(service)!.items).to.deep.equal(tallyOf(whole.questionnaire, own).items)
    }
  })

  it('of an earlier layout count what they have', () => {
    const counter = recordCounter(plan, ['unit', 'disposition', 'weight', 'C1'])
    expect(counter.add('q1,complete,1,5')).to.equal(null)
    expect(counter.result().units.get('q1')!.items).to.deep.equal({ C1: { answered: 1, codes: { 5: 1 } } })
  })
})

describe('what changed between two tables of records', () => {
  it('is each line as often as only one of them has it', () => {
    // By hand: one of two a is gone, c came twice, b stays.
    expect(changedRecords(['a', 'a', 'b'], ['a', 'b', 'c', 'c'])).to.deep.equal(['a', 'c', 'c'])
    expect(changedRecords([], ['x'])).to.deep.equal(['x'])
    expect(changedRecords(['x'], [])).to.deep.equal(['x'])
  })

  it('is what a count of both finds', () => {
    const lines = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 9 }).map((all) => all.toSorted())
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const countIn = (all: readonly string[], one: string) => all.filter((line) => line === one).length
        const expected = ['a', 'b', 'c', 'd'].flatMap((one) =>
          Array<string>(Math.abs(countIn(before, one) - countIn(after, one))).fill(one),
        )
        expect(changedRecords(before, after)).to.deep.equal(expected)
      }),
    )
  })
})
