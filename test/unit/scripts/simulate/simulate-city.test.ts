import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { type SettingsChanges, settingsWith, storeResponses } from '../../../../scripts/simulate/index.js'
import { responseRows } from '../../../../scripts/simulate/response-rows.js'
import { readSettings, STUFFING_STYLES, type StuffingStyle } from '../../../../scripts/simulate/settings.js'
import { type ResponseSink, simulateCity } from '../../../../scripts/simulate/simulate-city.js'
import { validateAnswers } from '../../../../server/domain/questionnaire/validate-answers.js'
import type { NewResponse } from '../../../../server/domain/survey/response.js'
import { loadPublishedQuestionnaires } from '../../../../server/features/questionnaires/index.js'
import { projectDir } from '../../../../server/platform/paths.js'
import { projectRegistry, projectServices } from '../../../support/project-files.js'

const all = projectRegistry()
/** A few units of every kind: the rest would only cost time. */
const UNITS =
  /^(p-sai-gon|p-thu-duc|p-cho-lon|x-cu-chi|x-binh-chanh|con-dao|dk-con-dao|so-xay-dung|so-tu-phap|hepza|cong-an)$/
const registry: typeof all = {
  ...all,
  subtreeOf: (uid, on) => all.subtreeOf(uid, on).filter((unit) => UNITS.test(unit.uid)),
}
const services = projectServices()
const published = loadPublishedQuestionnaires(join(projectDir(), 'surveys/questionnaires/published'))

describe('a simulated city', () => {
  let dir: string
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'simulate-test-'))
  })
  afterEach(() => rmSync(dir, { recursive: true }))

  const inputOf = (name: string, settings: SettingsChanges = {}) => ({
    seed: 'test',
    settings: settingsWith(settings),
    years: [2026, 2026] as const,
    modes: ['kiosk', 'face_to_face'] as const,
    responses: 2000,
    registry,
    services,
    published,
    outDir: join(dir, name),
  })

  /** Simulates, and gives the responses by submission id. */
  async function collect(name: string, settings: SettingsChanges = {}) {
    const responses = new Map<string, NewResponse>()
    const sink: ResponseSink = async (_wave, _published, _file, simulated) => {
      for (const response of simulated) responses.set(response.submissionId, response)
    }
    const waves = await simulateCity(inputOf(name, settings), sink)
    const read = (file: string) => readFileSync(join(dir, name, file), 'utf8')
    return { responses, waves, read }
  }

  const stuffed = (styles: readonly StuffingStyle[], unitShare = 1): SettingsChanges => ({
    stuffing: { isOn: true, unitShare, perHonest: 0.5, styles: [...styles] },
  })

  it('has answers up to a day, if it is told which', async () => {
    const days: string[] = []
    const sink: ResponseSink = async (_wave, _published, _file, simulated) => {
      for (const { day } of simulated) days.push(day)
    }
    await simulateCity({ ...inputOf('until'), responses: 300, until: '2026-04-01' }, sink)
    expect(days.length).to.be.at.least(300)
    expect(days.sort().at(-1)).to.match(/^2026-03-/)
    const early = simulateCity({ ...inputOf('early'), until: '2025-12-31' }, sink).catch(
      (error: Error) => error.message,
    )
    expect(await early).to.include('before 2025-12-31')
  })

  it('is the same byte for byte whatever the size of the batches that store it', async () => {
    const bytesWith = async (batchSize: number, name: string) => {
      const lines: string[] = []
      const { row } = responseRows('ndjson', published[0]!.questionnaire)
      const insertBatch = async (batch: readonly NewResponse[]) => {
        lines.push(...batch.map(row))
        return batch.length
      }
      const sink: ResponseSink = async (_wave, _published, _file, responses) => {
        await storeResponses({ insertBatch }, responses, batchSize)
      }
      await simulateCity(inputOf(name, stuffed(STUFFING_STYLES, 0.5)), sink)
      const files = readdirSync(join(dir, name)).map((file) => readFileSync(join(dir, name, file), 'utf8'))
      return [...lines, ...files].join('\n')
    }
    const bytes = await bytesWith(1, 'one')
    expect(bytes.length).to.be.greaterThan(500_000)
    expect((await bytesWith(777, 'many')) === bytes).to.equal(true)
  })

  it('has the responses asked for, each once, and stuffed ones on top', async () => {
    const { responses, waves } = await collect('a', stuffed(STUFFING_STYLES))
    const total = (part: 'honest' | 'stuffed') => waves.reduce((sum, wave) => sum + wave[part], 0)
    expect(total('honest')).to.equal(2000)
    expect(total('stuffed')).to.be.greaterThan(300)
    expect(responses.size).to.equal(2000 + total('stuffed'))
    expect(waves.every(({ honest, asked }) => asked > honest)).to.equal(true)
  })

  it('keeps every honest case as it was when stuffing is switched on, and says which are stuffed', async () => {
    const honest = await collect('honest')
    const both = await collect('both', stuffed(STUFFING_STYLES))
    const listed = both.read('stuffed.csv').trimEnd().split('\n').slice(1)
    const stuffedIds = new Set(listed.map((line) => line.split(',')[0]!))
    for (const [id, response] of honest.responses) expect(both.responses.get(id)).to.deep.equal(response)
    expect(new Set([...both.responses.keys()].filter((id) => !honest.responses.has(id)))).to.deep.equal(stuffedIds)
    expect(both.read('truth.csv')).to.equal(honest.read('truth.csv'))
    const ballots = both
      .read('planted.csv')
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => Number(line.split(',')[6]))
    expect(ballots.reduce((sum, count) => sum + count, 0)).to.equal(stuffedIds.size)
  })

  for (const style of STUFFING_STYLES) {
    it(`stuffs ballots that the interpreter accepts and that look it: ${style}`, async () => {
      const { responses, read } = await collect(style, stuffed([style]))
      const ids = read('stuffed.csv')
        .trimEnd()
        .split('\n')
        .slice(1)
        .map((line) => line.split(',')[0]!)
      const ballots = ids.map((id) => responses.get(id)!)
      expect(ballots.length).to.be.greaterThan(100)
      for (const ballot of ballots) {
        const instrument = published.find(({ hash }) => hash === ballot.questionnaireHash)!
        const unit = registry.byUid(ballot.unitUid)!
        const context = { ...ballot, unitKind: unit.kind, on: ballot.day, isUnit: () => true }
        const outcome = validateAnswers(instrument.questionnaire, ballot.answers, context)
        expect(outcome).to.deep.equal({ kind: 'valid', answers: ballot.answers, disposition: ballot.disposition })
        expect(ballot).to.deep.include({ isSimulated: true, mode: 'kiosk' })
      }
      const looks = {
        closing_burst: () => {
          const times = ballots.map(({ submittedAt }) => submittedAt.toISOString().slice(11, 16))
          expect(
            times.every((time) => time >= '09:30' && time <= '10:00'),
            'minutes before five, city time',
          ).to.equal(true)
          expect(ballots.every(({ answers }) => answers.G1 === 5 && answers.C1 === 5)).to.equal(true)
        },
        trickle: () => {
          expect(new Set(ballots.map(({ day }) => day)).size).to.be.greaterThan(60)
          expect(ballots.filter(({ answers }) => answers.G1 === 5).length / ballots.length).to.be.greaterThan(0.9)
        },
        own_dossiers: () => {
          const servicesAt = new Map<string, Set<string>>()
          for (const { unitUid, service } of ballots) {
            servicesAt.set(unitUid, (servicesAt.get(unitUid) ?? new Set()).add(service))
          }
          // An officer has about 3 of the 13 services of a ward, never more than half.
          for (const found of servicesAt.values()) expect(found.size).to.be.at.most(7)
        },
        plausible: () => {
          const low = ballots.flatMap(({ answers }) => ['G1', 'C1', 'C5', 'A5'].map((code) => Number(answers[code])))
          expect(low.filter((code) => code < 4)).to.deep.equal([])
          expect(low.filter((code) => code === 4).length).to.be.greaterThan(30)
          expect(low.filter((code) => code > 90).length, 'not applicable stays so').to.be.greaterThan(0)
        },
      }
      looks[style]()
    })
  }

  it('has unhappy people answer less where the settings say so, and neutral ones out of fear', async () => {
    const topTwo = ({ responses }: { responses: ReadonlyMap<string, NewResponse> }) => {
      const codes = [...responses.values()]
        .filter(({ mode }) => mode === 'face_to_face')
        .map(({ answers }) => Number(answers.G1))
      const share = (isCounted: (code: number) => boolean) => codes.filter(isCounted).length / codes.length
      return { good: share((code) => code === 4 || code === 5), bad: share((code) => code <= 2) }
    }
    const fearless: SettingsChanges = { straightlinerShare: 0, fearOfNo: { face_to_face: 0 } }
    const fair = topTwo(await collect('fair', { ...fearless, nonresponse: { isBiased: false } }))
    const slope = { satisfactionSlope: { face_to_face: 2 } }
    const biased = topTwo(await collect('biased', { ...fearless, nonresponse: slope }))
    const allAfraid = { ...fearless, nonresponse: { isBiased: false }, fearOfNo: { face_to_face: 1 } }
    const afraid = topTwo(await collect('afraid', allAfraid))
    expect(biased.good).to.be.greaterThan(fair.good + 0.03)
    expect(afraid).to.deep.equal({ good: fair.good, bad: 0 })
    expect(fair.bad).to.be.greaterThan(0.005)
  })

  it('reads its settings from YAML and names the line of a mistake', () => {
    const file = join(dir, 'settings.yaml')
    writeFileSync(file, 'stuffing: { isOn: true }\ntrend:\n  perMonth: 0.01\n')
    expect(readSettings(file)).to.deep.equal(settingsWith({ stuffing: { isOn: true }, trend: { perMonth: 0.01 } }))
    writeFileSync(file, 'stuffing:\n  unitShare: 2\n')
    expect(() => readSettings(file)).to.throw(`${file}:2: stuffing.unitShare`)
  })

  it('writes a table with a column for each item', () => {
    const counter = published.find(({ questionnaire }) => questionnaire.id === 'counter')!.questionnaire
    const { header, row } = responseRows('csv', counter)
    const response = { submissionId: 'x', answers: { S1: 1, G1: 5, A5: 99 }, startedAt: new Date(0) }
    const cells = row(response as unknown as NewResponse).split(',')
    expect(header?.split(',').slice(-6)).to.deep.equal(['S1', 'G1', 'C1', 'C5', 'A5', 'H2'])
    expect(cells.slice(-6)).to.deep.equal(['1', '5', '', '', '99', ''])
    expect(cells).to.have.length(header!.split(',').length).and.include('1970-01-01T00:00:00.000Z')
  })
})
