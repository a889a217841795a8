import { expect } from 'chai'
import fc from 'fast-check'
import { DISCLOSURE_POLICIES } from '../../../../server/domain/disclosure/policy.js'
import { EMPTY_TALLY } from '../../../../server/domain/index/tally.js'
import { tallyOf } from '../../../../server/domain/index/tally-responses.js'
import { asReceived } from '../../../../server/domain/voids/as-received.js'
import type { EffectFigure } from '../../../../server/domain/voids/void-effect.js'
import { part, responses, unitReport } from '../../../support/report-data.js'
import { tinyQuestionnaire } from '../../../support/tiny-questionnaire.js'

const questionnaire = tinyQuestionnaire()
const policy = DISCLOSURE_POLICIES.internal

interface Unit {
  readonly uid: string
  /** Respondents that count, and the satisfied ones among them. */
  readonly now: readonly [number, number]
  /** Respondents of each void, all satisfied. */
  readonly out: readonly number[]
}

function received(units: readonly Unit[]) {
  const counted = units.filter(({ now }) => now[0] > 0)
  const parents = Object.fromEntries(units.map(({ uid }) => [uid, 'city']))
  const { blocks } = unitReport(
    counted.map(({ uid, now }) => part(uid, responses(...now))),
    parents,
  )
  const overall = (block: (typeof blocks)[number] | undefined) =>
    block?.cells.find(({ line }) => line.level === 'overall')
  const city = overall(blocks[0])!
  return asReceived({
    city,
    units: units.map(({ uid, now, out }) => ({
      unitUid: uid,
      shown: overall(blocks.find(({ group }) => group.key === `unit ${uid}`)) ?? {
        line: city.line,
        estimate: { kind: 'empty' },
      },
      now: now[0] === 0 ? EMPTY_TALLY : tallyOf(questionnaire, responses(...now)),
      out: out.map((n) => tallyOf(questionnaire, responses(n, n))),
    })),
    questionnaire,
    policy,
  })
}

const told = (figure: EffectFigure) =>
  figure.kind === 'shown' ? Math.round(figure.figures.topTwoBoxPercent * 1000) / 1000 : 'why' in figure && figure.why
const toldOf = (units: readonly Unit[]) => {
  const found = received(units)
  return [told(found.city.received), ...found.units.map((unit) => told(unit.received))]
}

describe('the index as received', () => {
  it('counts what is out again, in the unit and in the city', () => {
    // By hand: 70 of 120 satisfied beside 50 of 100; the city 130 of 220 beside 110 of 200. Of the second unit nothing is out.
    const found = received([
      { uid: 'q1', now: [100, 50], out: [20] },
      { uid: 'q3', now: [100, 60], out: [] },
    ])
    expect([told(found.city.counted), told(found.city.received)]).to.deep.equal([55, 59.091])
    expect(found.units.map(({ unitUid, outCount }) => [unitUid, outCount])).to.deep.equal([['q1', 20]])
    expect([told(found.units[0]!.counted), told(found.units[0]!.received)]).to.deep.equal([50, 58.333])
  })

  it('is hidden where one to four people lie between, and in the city where they would follow from the rest', () => {
    // 23 people are out in the city, 20 of them told of by the first unit: three are left.
    expect(
      toldOf([
        { uid: 'q1', now: [100, 50], out: [20] },
        { uid: 'q3', now: [100, 60], out: [3] },
      ]),
    ).to.deep.equal(['few', 58.333, 'few'])
    // Seven are left, of two units. By hand: 130 and 7 of 327 people are satisfied, 50 of 100 in the third unit: 187 of 327.
    expect(
      toldOf([
        { uid: 'q1', now: [100, 50], out: [20] },
        { uid: 'q3', now: [100, 60], out: [3] },
        { uid: 'q5', now: [100, 50], out: [4] },
      ]),
    ).to.deep.equal([57.187, 58.333, 'few', 'few'])
  })

  it('is hidden where the page of a larger void leaves one to four people of a unit', () => {
    expect(toldOf([{ uid: 'q1', now: [100, 50], out: [20, 3] }])).to.deep.equal(['few', 'few'])
    // Of three and two nobody is told by themselves: 55 of 105.
    expect(toldOf([{ uid: 'q1', now: [100, 50], out: [3, 2] }])).to.deep.equal([52.381, 52.381])
  })

  it('is hidden with the figure of the report, and told of a unit of which all is out', () => {
    const found = received([
      { uid: 'q1', now: [20, 10], out: [50] },
      { uid: 'q3', now: [100, 60], out: [] },
      { uid: 'q5', now: [0, 0], out: [40] },
    ])
    expect(found.units.map(({ received: figure }) => told(figure))).to.deep.equal(['report', 100])
  })

  it('never leaves one to four people once every void of five or more is known', () => {
    const sizes = fc.array(fc.constantFrom(0, 1, 2, 3, 4, 5, 6), { maxLength: 3 })
    const small = (out: readonly number[]) => out.filter((n) => n < 5).reduce((sum, n) => sum + n, 0)
    fc.assert(
      fc.property(fc.array(sizes, { minLength: 1, maxLength: 4 }), (outs) => {
        const units = outs.map((out, i) => ({ uid: `q${2 * i + 1}`, now: [60, 30] as const, out }))
        const found = received(units)
        const isShown = (uid: string) => {
          const row = found.units.find(({ unitUid }) => unitUid === uid)
          return row === undefined || row.received.kind === 'shown'
        }
        const known = units.filter(({ uid }) => isShown(uid)).map(({ out }) => small(out))
        const hidden = units.filter(({ uid }) => !isShown(uid)).map(({ out }) => small(out))
        const left = hidden.reduce((sum, n) => sum + n, 0)
        const told = found.city.received.kind === 'shown' ? [...known, left] : known
        expect(told.filter((n) => n > 0 && n < 5)).to.deep.equal([])
      }),
      { numRuns: 60 },
    )
  })
})
