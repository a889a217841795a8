import { expect } from 'chai'
import {
  createCityModel,
  type SettingsChanges,
  settingsWith,
  simulateCases,
} from '../../../../scripts/simulate/index.js'
import { shareAbove } from '../../../../scripts/simulate/satisfied-share.js'
import { truthOfWave } from '../../../../scripts/simulate/truth.js'
import { truthOfAll, truthRows } from '../../../../scripts/simulate/truth-rows.js'
import { instrumentOf } from '../../../../server/domain/index/instrument.js'
import { figuresOfLine } from '../../../../server/domain/index/line-figures.js'
import { linesOf } from '../../../../server/domain/index/lines.js'
import { createTallyBuilder } from '../../../../server/domain/index/tally-responses.js'
import type { Mode } from '../../../../server/domain/survey/vocabulary.js'
import { toPublished } from '../../../../server/features/questionnaires/index.js'
import { wave } from '../../../support/builders.js'
import { projectQuestionnaire, projectRegistry, projectServices } from '../../../support/project-files.js'

const registry = projectRegistry()
const services = projectServices()
const UNIT = 'p-sai-gon'

/** Nothing between what people feel and what they answer. */
const EVERYONE_HONEST: SettingsChanges = {
  nonresponse: { isBiased: false },
  itemNonresponse: false,
  straightlinerShare: 0,
  fearOfNo: { web: 0, kiosk: 0, phone: 0, face_to_face: 0 },
}

function city(name: 'citizen' | 'counter' | 'business', mode: Mode, changes: SettingsChanges = EVERYONE_HONEST) {
  const published = toPublished(projectQuestionnaire(name))
  const { respondentType } = published.questionnaire
  const model = createCityModel({ seed: 'truth', settings: settingsWith(changes), registry, services })
  const toSimulate = {
    published,
    until: '2027-01-01',
    wave: wave({ questionnaireHash: published.hash, respondentType, mode, unitUids: [UNIT], isSimulated: true }),
  }
  return { model, toSimulate, published }
}

function truthOf({ model, toSimulate }: ReturnType<typeof city>) {
  const [truth] = [...truthOfWave(model, toSimulate)]
  if (!truth) throw new Error('no truth')
  return truth
}

/** How many standard errors a draw of so many lies from the truth, line by line. */
function deviations(setup: ReturnType<typeof city>, count: number) {
  const { model, toSimulate, published } = setup
  const { questionnaire } = published
  const builder = createTallyBuilder(questionnaire)
  const input = { ...toSimulate, counts: new Map([[UNIT, count]]) }
  for (const { response } of simulateCases(model, input)) builder.add(response)
  const tally = builder.result()
  const instrument = instrumentOf(questionnaire)
  const rule = 'mean_of_children'
  const truth = truthOf(setup)
  return linesOf(instrument, rule, questionnaire.overallItem).flatMap((line) => {
    const figures = figuresOfLine(line, tally, instrument, rule)
    const known = truth.lines.find(({ level, code }) => level === line.level && code === line.code)
    if (figures === null || known === undefined) return []
    const share = known.asAsked.topTwoBoxPercent / 100
    const error = 100 * Math.sqrt((share * (1 - share)) / figures.effectiveBase)
    const z = (figures.topTwoBoxPercent - known.asAsked.topTwoBoxPercent) / error
    return [{ ...line, z, pointsOff: figures.points - known.asAsked.points }]
  })
}

describe('the truth of a simulated city', () => {
  for (const [name, mode, count] of [
    ['citizen', 'face_to_face', 4000],
    ['counter', 'kiosk', 12_000],
    ['business', 'web', 3000],
  ] as const) {
    it(`is the mean over a large honest draw: ${name}`, () => {
      const lines = deviations(city(name, mode), count)
      expect(lines.length).to.be.greaterThan(5)
      // Of 80 independent lines one lies beyond 4 standard errors with a chance of 0.5 %.
      for (const { level, code, z, pointsOff } of lines) {
        expect(Math.abs(z), `${level} ${code}`).to.be.below(4)
        expect(Math.abs(pointsOff), `${level} ${code}, points`).to.be.below(3)
      }
      const overall = lines.find(({ level }) => level === 'overall')
      expect(Math.abs(overall?.z ?? 9)).to.be.below(3)
    })
  }

  it('is asked for more kindly at the counter, and the same independently', () => {
    const kiosk = truthOf(city('counter', 'kiosk'))
    const home = truthOf(city('counter', 'face_to_face'))
    for (const [i, line] of kiosk.lines.entries()) {
      expect(line.asAsked.topTwoBoxPercent).to.be.greaterThan(line.independent.topTwoBoxPercent + 3)
      const { topTwoBoxPercent, points } = home.lines[i]!.asAsked
      expect(line.independent.topTwoBoxPercent).to.be.closeTo(topTwoBoxPercent, 1e-9)
      expect(line.independent.points).to.be.closeTo(points, 1e-9)
    }
  })

  it('is not moved by who answers, what they skip, fear or stuffing', () => {
    const disturbed = truthOf(
      city('counter', 'kiosk', {
        fearOfNo: { kiosk: 0.9 },
        straightlinerShare: 0.5,
        stuffing: { isOn: true, unitShare: 1 },
      }),
    )
    expect(disturbed).to.deep.equal(truthOf(city('counter', 'kiosk')))
  })

  it('moves with the month: over a part of the wave it is another', () => {
    const { model, toSimulate } = city('counter', 'kiosk')
    const [february] = [...truthOfWave(model, toSimulate, { from: '2026-02-01', to: '2026-03-01' })]
    const [april] = [...truthOfWave(model, toSimulate, { from: '2026-04-01', to: '2026-05-01' })]
    expect(february!.lines[0]!.asAsked.points).to.be.lessThan(april!.lines[0]!.asAsked.points)
    expect(february!.dossiers + april!.dossiers).to.be.lessThan(truthOf({ model, toSimulate } as never).dossiers)
  })

  it('of all units together weighs each by its dossiers', () => {
    const { published } = city('counter', 'kiosk')
    const figures = (topTwoBoxPercent: number) => ({ topTwoBoxPercent, points: topTwoBoxPercent / 2 })
    const unit = (unitUid: string, dossiers: number, percent: number) => ({
      unitUid,
      dossiers,
      lines: ['C1', 'C5', 'A5'].map((code) => ({
        level: 'criterion' as const,
        code,
        asAsked: figures(percent),
        independent: figures(percent - 10),
      })),
    })
    const all = truthOfAll('city', [unit('a', 300, 80), unit('b', 100, 60)], published)
    // (300·80 + 100·60) / 400 = 75; independent 65; every factor and the index are means of equal parts.
    expect(all.dossiers).to.equal(400)
    expect(all.lines.map(({ level, code }) => `${level} ${code}`)).to.deep.equal([
      'overall overall',
      'factor CC',
      'factor CHO',
      'criterion C1',
      'criterion C5',
      'criterion A5',
    ])
    for (const { asAsked, independent } of all.lines) {
      expect(asAsked).to.deep.equal({ topTwoBoxPercent: 75, points: 37.5 })
      expect(independent).to.deep.equal({ topTwoBoxPercent: 65, points: 32.5 })
    }
    expect(truthRows({ id: 'w', mode: 'kiosk' }, all, (code) => code === 'A5')).to.deep.equal([
      'w,kiosk,city,overall,overall,400,75.000000,37.500000,65.000000,32.500000',
      'w,kiosk,city,factor,CC,400,75.000000,37.500000,65.000000,32.500000',
      'w,kiosk,city,factor,CHO,400,75.000000,37.500000,65.000000,32.500000',
      'w,kiosk,city,criterion,A5,400,75.000000,37.500000,65.000000,32.500000',
    ])
  })
})

describe('the share of people above a cut', () => {
  it('is that of a normal where groups do not differ much, half at the middle', () => {
    const above = shareAbove('business')
    // Spread √(0.75² + 0.35² + 0.62²) = 1.0342; groups of business have a mean effect of -0.0083, hence a hair below half.
    expect(above(0)).to.be.closeTo(0.4968, 0.0005)
    expect(above(1.0342)).to.be.closeTo(0.8393, 0.001)
    expect([above(-50), above(50)].map((share) => Math.round(share * 1e9) / 1e9)).to.deep.equal([0, 1])
  })
})
