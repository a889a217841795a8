import { expect } from 'chai'
import {
  createCityModel,
  type SettingsChanges,
  settingsWith,
  simulateCases,
} from '../../../../scripts/simulate/index.js'
import { planCity } from '../../../../scripts/simulate/plan-city.js'
import { truthOfWave } from '../../../../scripts/simulate/truth.js'
import type { NewResponse } from '../../../../server/domain/survey/response.js'
import type { Mode } from '../../../../server/domain/survey/vocabulary.js'
import { toPublished } from '../../../../server/features/questionnaires/index.js'
import { wave } from '../../../support/builders.js'
import { projectQuestionnaire, projectRegistry, projectServices } from '../../../support/project-files.js'

const registry = projectRegistry()
const services = projectServices()
const published = toPublished(projectQuestionnaire('counter'))
const RATINGS = ['G1', 'C1', 'C5', 'A5'] as const
const UNITS = ['p-sai-gon', 'p-ben-thanh', 'p-thu-duc', 'x-cu-chi']

function city(changes: SettingsChanges, mode: Mode) {
  const { respondentType } = published.questionnaire
  const model = createCityModel({ seed: 'switches', settings: settingsWith(changes), registry, services })
  const place = { questionnaireHash: published.hash, respondentType, mode, unitUids: UNITS, isSimulated: true }
  return { model, toSimulate: { published, until: '2027-01-01', wave: wave(place) } }
}

function responses(changes: SettingsChanges, mode: Mode = 'kiosk', perUnit = 100): readonly NewResponse[] {
  const { model, toSimulate } = city(changes, mode)
  const counts = new Map(UNITS.map((uid) => [uid, perUnit]))
  return [...simulateCases(model, { ...toSimulate, counts })].map(({ response }) => response)
}

/** True index of each unit. */
function truths(changes: SettingsChanges, mode: Mode = 'face_to_face', period?: { from: string; to: string }) {
  const { model, toSimulate } = city(changes, mode)
  return [...truthOfWave(model, toSimulate, period)].map(({ lines }) => lines[0]!)
}

const codesOf = (all: readonly NewResponse[]) => all.flatMap(({ answers }) => RATINGS.map((item) => answers[item]))
const spreadOf = (values: readonly number[]) => Math.max(...values) - Math.min(...values)

describe('the switches of a simulation', () => {
  it('itemNonresponse: without it nobody leaves a blank or stops half-way', () => {
    const isBlank = (code: unknown) => code === 97 || code === 99
    expect(codesOf(responses({})).filter(isBlank)).not.to.have.length(0)
    const complete = responses({ itemNonresponse: false })
    expect(codesOf(complete).filter(isBlank)).to.have.length(0)
    expect(complete.every(({ disposition }) => disposition === 'complete')).to.equal(true)
  })

  it('straightlinerShare: all of them give one code to everything they rate', () => {
    const rated = ({ answers }: NewResponse) => RATINGS.map((item) => Number(answers[item])).filter((code) => code <= 5)
    const isStraight = (one: NewResponse) => new Set(rated(one)).size <= 1
    const only = { itemNonresponse: false, fearOfNo: { kiosk: 0 } }
    expect(responses({ ...only, straightlinerShare: 1 }).every(isStraight)).to.equal(true)
    expect(responses({ ...only, straightlinerShare: 0 }).every(isStraight)).to.equal(false)
  })

  it('modeEffect: without it the counter is no kinder than the household, and truth as asked is the independent one', () => {
    const gap = ({ asAsked, independent }: ReturnType<typeof truths>[number]) =>
      asAsked.topTwoBoxPercent - independent.topTwoBoxPercent
    expect(truths({ modeEffect: { kiosk: 0 } }, 'kiosk').map(gap)).to.deep.equal([0, 0, 0, 0])
    expect(truths({ modeEffect: { kiosk: 0.4 } }, 'kiosk').every((line) => gap(line) > 5)).to.equal(true)
  })

  it('spread: without it units differ by their services alone', () => {
    const none = { unit: 0, unitFactor: 0, unitYear: 0, officer: 0 }
    const percents = (spread: SettingsChanges['spread']) =>
      truths({ spread }).map(({ asAsked }) => asAsked.topTwoBoxPercent)
    expect(spreadOf(percents({ ...none, unit: 1 }))).to.be.greaterThan(2 * spreadOf(percents(none)))
  })

  it('trend: lifts later months and nothing in the month in which it is 0', () => {
    const month = { from: '2026-03-01', to: '2026-04-01' }
    const pointsOf = (perMonth: number, from: string) =>
      truths({ trend: { perMonth, from } }, 'face_to_face', month).map(({ asAsked }) => asAsked.points)
    const flat = pointsOf(0, '2025-03-01')
    expect(pointsOf(0.02, '2026-03-01')).to.deep.equal(flat)
    expect(pointsOf(0.02, '2025-03-01').every((points, i) => points > flat[i]!)).to.equal(true)
  })

  it('nonresponse.rate: the fewer answer, the more are asked, and the truth stays', () => {
    const asked = (rate: number) => {
      const changes = { nonresponse: { isBiased: false, rate: { kiosk: rate } } }
      const { model, toSimulate } = city(changes, 'kiosk')
      const cases = [...simulateCases(model, { ...toSimulate, counts: new Map([['p-sai-gon', 400]]) })]
      return cases.reduce((sum, { askedCount }) => sum + askedCount, 0)
    }
    expect(asked(1)).to.equal(400)
    // Negative binomial: 400/0.25 = 1600, standard deviation √(400·0.75)/0.25 = 69; four of them allowed.
    expect(asked(0.25)).to.be.closeTo(1600, 277)
    expect(truths({ nonresponse: { rate: { kiosk: 0.05 } } }, 'kiosk')).to.deep.equal(truths({}, 'kiosk'))
  })

  it('modeShare and allocationPower: say who gets how many responses', () => {
    const plan = (changes: SettingsChanges) => {
      const { model } = city(changes, 'web')
      return planCity(model, registry, { years: [2026, 2026], modes: ['web', 'kiosk'], responses: 9000 })
    }
    const total = ({ counts }: ReturnType<typeof plan>[number]) => [...counts.values()].reduce((sum, n) => sum + n, 0)
    const [web, kiosk] = plan({ modeShare: { web: 2, kiosk: 1 } }).map(total)
    expect(web! + kiosk!).to.equal(9000)
    // Each unit's number is rounded: a mode may be off its 6000 by less than one for each of some 200 units.
    expect(web).to.be.closeTo(6000, 200)
    const [even] = plan({ allocationPower: 0, modeShare: { kiosk: 0 } })
    // 9000 responses to as many units as there are: each the same but for the remainder.
    expect(spreadOf([...even!.counts.values()])).to.be.at.most(1)
    const [byDossiers] = plan({ allocationPower: 1, modeShare: { kiosk: 0 } })
    expect(spreadOf([...byDossiers!.counts.values()])).to.be.greaterThan(20)
  })
})
