import { expect } from 'chai'
import { planCounts } from '../../../../scripts/simulate/index.js'
import { type SimulationInput, simulateWave } from '../../../../scripts/simulate/simulate-wave.js'
import { visibleItems } from '../../../../server/domain/questionnaire/routing.js'
import { validateAnswers } from '../../../../server/domain/questionnaire/validate-answers.js'
import type { NewResponse } from '../../../../server/domain/survey/response.js'
import type { Mode } from '../../../../server/domain/survey/vocabulary.js'
import { toPublished } from '../../../../server/features/questionnaires/index.js'
import { wave } from '../../../support/builders.js'
import { projectQuestionnaire, projectRegistry, projectServices } from '../../../support/project-files.js'

const registry = projectRegistry()
const services = projectServices()

const instruments = {
  citizen: toPublished(projectQuestionnaire('citizen')),
  business: toPublished(projectQuestionnaire('business')),
  counter: toPublished(projectQuestionnaire('counter')),
}

function inputOf(name: keyof typeof instruments, mode: Mode, counts: Record<string, number>, seed = 'test') {
  const published = instruments[name]
  return {
    seed,
    published,
    registry,
    services,
    until: '2026-11-01',
    counts: new Map(Object.entries(counts)),
    wave: wave({
      id: `2026-${mode}-${name}`,
      questionnaireHash: published.hash,
      respondentType: published.questionnaire.respondentType,
      mode,
      unitUids: Object.keys(counts),
      isSimulated: true,
    }),
  } satisfies SimulationInput
}

const web = [...simulateWave(inputOf('citizen', 'web', { 'p-ben-thanh': 500, 'so-xay-dung': 300 }))]
const business = [...simulateWave(inputOf('business', 'web', { 'p-ben-thanh': 60, 'so-xay-dung': 60 }))]
const kiosk = [...simulateWave(inputOf('counter', 'kiosk', { 'p-ben-thanh': 500 }))]

function contextOf({ unitUid, service, mode, day }: NewResponse) {
  const unit = registry.byUid(unitUid)
  if (!unit) throw new Error(`no ${unitUid}`)
  return {
    mode,
    unitUid,
    unitKind: unit.kind,
    service,
    on: day,
    isUnit: (uid: string) => registry.isValid(uid, day),
  }
}

/** Codes on the scale that were given to an item. */
const rated = (responses: readonly NewResponse[], item: string) =>
  responses.map(({ answers }) => answers[item]).filter((code): code is number => typeof code === 'number' && code <= 5)

const topTwoShare = (codes: readonly number[]) => codes.filter((code) => code >= 4).length / codes.length

function correlation(responses: readonly NewResponse[], a: string, b: string): number {
  const pairs = responses
    .map(({ answers }) => [answers[a], answers[b]] as const)
    .filter((pair): pair is readonly [number, number] => pair.every((code) => typeof code === 'number' && code <= 5))
  const mean = (i: 0 | 1) => pairs.reduce((sum, pair) => sum + pair[i], 0) / pairs.length
  const [meanA, meanB] = [mean(0), mean(1)]
  const sum = (of: (x: number, y: number) => number) =>
    pairs.reduce((total, [x, y]) => total + of(x - meanA, y - meanB), 0)
  return sum((x, y) => x * y) / Math.sqrt(sum((x) => x * x) * sum((_, y) => y * y))
}

describe('simulated responses', () => {
  it('are the same for the same seed, and others for another', () => {
    const once = [...simulateWave(inputOf('citizen', 'web', { 'p-ben-thanh': 20 }))]
    const again = [...simulateWave(inputOf('citizen', 'web', { 'p-ben-thanh': 20 }))]
    const other = [...simulateWave(inputOf('citizen', 'web', { 'p-ben-thanh': 20 }, 'other'))]
    expect(again).to.deep.equal(once)
    expect(other).not.to.deep.equal(once)
  })

  it('of one unit do not change when another unit joins', () => {
    const alone = [...simulateWave(inputOf('citizen', 'web', { 'p-ben-thanh': 20 }))]
    const both = [...simulateWave(inputOf('citizen', 'web', { 'so-xay-dung': 5, 'p-ben-thanh': 20 }))]
    expect(both.slice(5)).to.deep.equal(alone)
  })

  it('are accepted by the interpreter unchanged, whatever the questionnaire', () => {
    for (const response of [...web, ...business, ...kiosk]) {
      const instrument = Object.values(instruments).find(({ hash }) => hash === response.questionnaireHash)
      if (!instrument) throw new Error('unknown questionnaire')
      const outcome = validateAnswers(instrument.questionnaire, response.answers, contextOf(response))
      expect(outcome).to.deep.equal({ kind: 'valid', answers: response.answers, disposition: response.disposition })
    }
  })

  it('answer what the routing asks and nothing else', () => {
    for (const response of web) {
      const asked = visibleItems(instruments.citizen.questionnaire, response.answers, contextOf(response))
      expect(asked.map(({ code }) => code)).to.include.members(Object.keys(response.answers))
    }
    expect(web.filter(({ answers }) => answers.S3 === 2)).not.to.have.length(0)
    expect(
      rated(
        business.filter(({ unitUid }) => unitUid === 'so-xay-dung'),
        'L3',
      ),
    ).to.have.length(0)
  })

  it('are labelled, unique, and inside wave, unit life and office hours', () => {
    const all = [...web, ...business, ...kiosk]
    expect(new Set(all.map(({ submissionId }) => submissionId)).size).to.equal(all.length)
    for (const response of all) {
      expect(response.isSimulated).to.equal(true)
      expect(response.submissionId).to.match(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
      expect(response.day >= '2026-01-01' && response.day < '2026-11-01').to.equal(true)
      expect(response.startedAt < response.submittedAt).to.equal(true)
      expect(registry.isValid(response.unitUid, response.transactionOn), response.transactionOn).to.equal(true)
      expect(response.transactionOn <= response.day).to.equal(true)
    }
    const weekdays = new Set(kiosk.map(({ day }) => new Date(`${day}T00:00:00Z`).getUTCDay()))
    expect([...weekdays].sort()).to.deep.equal([1, 2, 3, 4, 5])
  })

  it('leave blanks, do not apply and do not know, by item', () => {
    const share = (responses: readonly NewResponse[], item: string, code: number) =>
      responses.filter(({ answers }) => answers[item] === code).length / responses.length
    expect(share(web, 'E2', 96)).to.be.greaterThan(share(web, 'C1', 96))
    expect(share(web, 'B1', 96)).to.equal(0)
    expect(share(business, 'K1', 97)).to.be.greaterThan(0.1)
    expect(share(web, 'B1', 99)).to.be.within(0.005, 0.1)
    expect(share(web, 'G1', 99)).to.equal(0)
  })

  it('are broken off now and then', () => {
    // About one in 700: in 800 responses there may well be none, in 6,000 hardly (e^-8.6).
    let partial = 0
    for (const { disposition } of simulateWave(inputOf('citizen', 'web', { 'p-ben-thanh': 6000 }))) {
      if (disposition === 'partial') partial += 1
    }
    expect(partial).to.be.within(1, 30)
  })

  it('correlate within a case, most within a factor', () => {
    expect(correlation(web, 'C1', 'C2')).to.be.within(0.35, 0.8)
    expect(correlation(web, 'C1', 'D1')).to.be.within(0.2, 0.7)
    expect(correlation(web, 'C1', 'C2')).to.be.greaterThan(correlation(web, 'C1', 'E1'))
    expect(correlation(business, 'K1', 'K3'), 'a negative statement turns').to.be.lessThan(0)
  })

  it('are kinder at the counter than on the web', () => {
    const there = web.filter(({ unitUid }) => unitUid === 'p-ben-thanh')
    expect(topTwoShare(rated(kiosk, 'G1')) - topTwoShare(rated(there, 'G1'))).to.be.greaterThan(0.08)
    expect(topTwoShare(rated(web, 'G1'))).to.be.within(0.5, 0.9)
  })

  it('stop at the last day of collection', () => {
    const input = { ...inputOf('citizen', 'web', { 'p-ben-thanh': 5 }), until: '2026-01-01' }
    expect([...simulateWave(input)]).to.deep.equal([])
  })
})

describe('planned numbers of responses', () => {
  const uids = Array.from({ length: 200 }, (_, i) => `u${i}`)
  const plan = { wellCoveredUids: ['u3'], wellCovered: 450, usual: [30, 120], scarceShare: 0.06, scarceMax: 4 } as const

  it('cover a few well, most somewhat, some hardly', () => {
    const counts = planCounts('seed', 'wave', uids, plan)
    const values = uids.filter((uid) => uid !== 'u3').map((uid) => counts.get(uid) ?? -1)
    expect(counts.get('u3')).to.be.within(450, 540)
    expect(values.every((count) => (count >= 0 && count <= 4) || (count >= 30 && count <= 120))).to.equal(true)
    expect(values.filter((count) => count < 5).length).to.be.within(3, 25)
  })

  it('do not depend on the other units', () => {
    expect(planCounts('seed', 'wave', ['u7'], plan).get('u7')).to.equal(
      planCounts('seed', 'wave', uids, plan).get('u7'),
    )
  })
})
