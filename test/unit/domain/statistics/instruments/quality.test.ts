import { expect } from 'chai'
import {
  checkInterviewers,
  flaggedInterviewers,
  type Interview,
} from '../../../../../server/domain/statistics/instruments/check-interviewers.js'
import { flagCases } from '../../../../../server/domain/statistics/instruments/flag-cases.js'
import { medianTimes } from '../../../../../server/domain/statistics/instruments/median-times.js'
import {
  accountForQuality,
  isValidCase,
} from '../../../../../server/domain/statistics/instruments/quality-accounting.js'
import type { QualityCase } from '../../../../../server/domain/statistics/instruments/quality-case.js'
import { STANDARD_QUALITY_RULES as RULES } from '../../../../../server/domain/statistics/instruments/quality-rules.js'

const unlike = [4, 5, 3, 4, 4, 5, 2, 4, 4, 4, 3, 5, 4, 4, 4]
const alike = Array<number>(15).fill(5)

/** A case nothing is wrong with, but for what is said. */
const oneCase = (over: Partial<QualityCase> = {}): QualityCase => ({
  id: 'r',
  form: 'citizen/3',
  mode: 'web',
  seconds: 400,
  ratings: unlike,
  coreItems: 20,
  coreAnswered: 20,
  duplicateKey: null,
  transactionOn: '2026-03-01',
  answeredOn: '2026-03-10',
  isUnitValid: true,
  interviewer: null,
  ...over,
})
/** Flags of the first case among three ordinary ones, which put the median of web forms at 400 seconds. */
const flagsOf = (over: Partial<QualityCase>) => flagCases([oneCase(over), oneCase(), oneCase(), oneCase()], RULES)[0]

describe('quality flags of cases', () => {
  it('are none for an ordinary case, and none of time on paper', () => {
    expect(flagsOf({})).to.deep.equal([])
    expect(flagsOf({ seconds: null, ratings: alike })).to.deep.equal([])
  })

  it('mark as speeder below 0.4 of the median of the same form and mode', () => {
    expect(flagsOf({ seconds: 159 })).to.deep.equal(['speeder'])
    expect(flagsOf({ seconds: 160 })).to.deep.equal([])
  })

  it('mark as speeder below 90 seconds however fast the others are, each mode by itself', () => {
    const fast = [89, 90, 100, 100, 110].map((seconds) => oneCase({ seconds, mode: 'kiosk' }))
    expect(flagCases([...fast, oneCase()], RULES).map(({ length }) => length)).to.deep.equal([1, 0, 0, 0, 0, 0])
  })

  it('mark as straight-lined only 15 answers alike that took less than the median', () => {
    expect(flagsOf({ ratings: alike, seconds: 399 })).to.deep.equal(['straightline'])
    expect(flagsOf({ ratings: alike, seconds: 400 })).to.deep.equal([])
    expect(flagsOf({ ratings: alike.slice(1), seconds: 399 })).to.deep.equal([])
    expect(flagsOf({ seconds: 399 })).to.deep.equal([])
  })

  it('mark as incomplete below 80 % of the core items that applied', () => {
    expect(flagsOf({ coreAnswered: 15 })).to.deep.equal(['incomplete'])
    expect(flagsOf({ coreAnswered: 16 })).to.deep.equal([])
  })

  it('mark every case after the first with one key as duplicate', () => {
    const keyed = ['a', 'a', 'b', 'a'].map((duplicateKey) => oneCase({ duplicateKey }))
    expect(flagCases(keyed, RULES)).to.deep.equal([[], ['duplicate'], [], ['duplicate']])
  })

  it('mark as out of scope a transaction more than twelve months ago or with a unit that did not exist', () => {
    expect(flagsOf({ transactionOn: '2025-03-09' })).to.deep.equal(['out_of_scope'])
    expect(flagsOf({ transactionOn: '2025-03-10' })).to.deep.equal([])
    expect(flagsOf({ isUnitValid: false })).to.deep.equal(['out_of_scope'])
    // 29 February a year earlier is no day; the last of February counts as before it.
    expect(flagsOf({ answeredOn: '2024-02-29', transactionOn: '2023-03-01' })).to.deep.equal([])
  })

  it('mark the interviews of a doubtful interviewer', () => {
    const cases = [oneCase({ interviewer: 'i7' }), oneCase({ interviewer: 'i8' })]
    expect(flagCases(cases, RULES, new Set(['i7']))).to.deep.equal([['interviewer'], []])
  })

  it('refuse a negative time', () => {
    expect(() => flagsOf({ seconds: -1 })).to.throw(RangeError)
  })
})

describe('checks of interviewers', () => {
  const interviews = (interviewer: string, count: number, score: number | null, day = '2026-03-10'): Interview[] =>
    Array.from({ length: count }, (_, i) => ({
      interviewer,
      unit: 'ward-1',
      day,
      score: score === null ? null : score + (i % 2 ? 0.5 : -0.5),
    }))
  const reasonsOf = (all: Interview[], callbacks = new Map<string, { called: number; failed: number }>()) =>
    Object.fromEntries(checkInterviewers(all, RULES.interviewer, callbacks).map((c) => [c.interviewer, c.reasons]))

  it('find a mean that lies apart after adjustment for the unit', () => {
    const days = ['2026-03-10', '2026-03-11', '2026-03-12']
    const many = (who: string, score: number) => days.flatMap((day) => interviews(who, 10, score, day))
    const all = ['a', 'b', 'c', 'd'].flatMap((who) => many(who, 3)).concat(many('e', 4))
    expect(reasonsOf(all)).to.deep.equal({ a: [], b: [], c: [], d: [], e: ['outlying_mean'] })
  })

  it('have the deviation worked out by hand', () => {
    // Scores 1, 3 by a and 5, 7 by b in one unit: residuals −3, −1, 1, 3; s² = 20/3; z = ±2·√2/√(20/3) = ±1.095445.
    const rows = [1, 3, 5, 7].map((score, i) => ({
      interviewer: i < 2 ? 'a' : 'b',
      unit: 'u',
      day: '2026-03-10',
      score,
    }))
    const [a, b] = checkInterviewers(rows, RULES.interviewer)
    expect(a!.deviation).to.be.closeTo(-1.095445, 1e-6)
    expect(b!.deviation).to.be.closeTo(1.095445, 1e-6)
  })

  it('do not blame the interviewer of a unit for the unit', () => {
    const rows = [...interviews('a', 10, 1.5), ...interviews('b', 10, 4.5).map((row) => ({ ...row, unit: 'ward-2' }))]
    expect(reasonsOf(rows)).to.deep.equal({ a: [], b: [] })
  })

  it('find more than 15 interviews on one day', () => {
    expect(reasonsOf(interviews('a', 16, 3))).to.deep.equal({ a: ['too_many_a_day'] })
    expect(reasonsOf([...interviews('a', 15, 3), ...interviews('a', 15, 3, '2026-03-11')])).to.deep.equal({ a: [] })
  })

  it('find one failed call-back in ten, and judge nobody who was not called back or rated nothing', () => {
    const rows = [...interviews('a', 2, 3), ...interviews('b', 2, 3), ...interviews('c', 2, null)]
    const callbacks = new Map([
      ['a', { called: 10, failed: 1 }],
      ['b', { called: 11, failed: 1 }],
      ['c', { called: 0, failed: 0 }],
    ])
    expect(reasonsOf(rows, callbacks)).to.deep.equal({ a: ['callbacks_failed'], b: [], c: [] })
    const checks = checkInterviewers(rows, RULES.interviewer, callbacks)
    expect(checks[2]!.deviation).to.equal(null)
    expect([...flaggedInterviewers(checks)]).to.deep.equal(['a'])
  })
})

describe('accounting for quality', () => {
  it('counts handed out, returned and valid, with the rule set that decided', () => {
    const flags = [[], ['speeder'], ['incomplete', 'speeder'], ['duplicate']] as const
    expect(accountForQuality(flags, RULES, 10)).to.deep.equal({
      ruleSet: { name: 'standard', version: 1 },
      handedOut: 10,
      returned: 4,
      valid: 2,
      flagged: { speeder: 2, straightline: 0, incomplete: 1, duplicate: 1, out_of_scope: 0, interviewer: 0 },
    })
    expect(isValidCase(['speeder'], { ...RULES, excludes: ['speeder'] })).to.equal(false)
  })

  it('knows no number handed out for open links, and refuses more returned than handed out', () => {
    expect(accountForQuality([[]], RULES, null).handedOut).to.equal(null)
    expect(() => accountForQuality([[], []], RULES, 1)).to.throw(RangeError)
  })
})

describe('median times', () => {
  it('are unknown where no case of the form and mode has a time', () => {
    expect(medianTimes([])({ form: 'f', mode: 'web' })).to.equal(null)
  })
})
