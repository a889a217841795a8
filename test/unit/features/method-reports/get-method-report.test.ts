import { expect } from 'chai'
import { lineKey } from '../../../../server/domain/index/lines.js'
import type { MethodReport } from '../../../../server/domain/method-report/method-report.js'
import type { IndexReport } from '../../../../server/domain/report/index-report.js'
import { wilsonInterval } from '../../../../server/domain/statistics/wilson.js'
import type { NewResponse } from '../../../../server/domain/survey/response.js'
import { CITY, response } from '../../../support/builders.js'
import { alike, answered, methodCity, methodWave, ownMethod, ownReport, parents } from '../../../support/method-city.js'
import { part, unitReport } from '../../../support/report-data.js'

const W1 = { C1: 30, C2: 20, C3: null, C4: 40, C5: 10 }
const small = [...answered('w1', 40, W1), ...answered('w2', 60, alike(60))]

function figuresOf(report: MethodReport, key: string, code: string) {
  const cell = report.groups.find((group) => group.key === key)?.cells.find(({ line }) => line.code === code)
  if (cell?.estimate.kind !== 'published') throw new Error(`${key} ${code} is ${cell?.estimate.kind}`)
  return cell.estimate.figures
}

const CODES = new Map([
  ['overall overall', 'INDEX'],
  ['factor F1', 'F1'],
  ['factor F2', 'F2'],
])

/** Shown figures of the live report that the method has too, with their places in both. */
function sameLines(live: IndexReport) {
  const blocks = live.blocks.filter(({ rollup }) => rollup !== 'simple_mean')
  return blocks.flatMap(({ group, cells }) =>
    cells.flatMap(({ line, estimate }) => {
      if (!line.isInIndex || estimate.kind !== 'published') return []
      return [{ key: group.key, code: CODES.get(lineKey(line)) ?? line.code, line, figures: estimate.figures }]
    }),
  )
}

describe('computing a method for a wave', () => {
  it('gives the values worked by hand, for a unit and pooled over respondents above it', async () => {
    const report = await ownReport(small)
    // w1: C1 30/40, C2 20/40, C3 nobody; F1 the mean of two. C4 40/40, C5 10/40.
    const unit = ['C1', 'C2', 'F1', 'C4', 'C5', 'F2', 'INDEX'].map((code) => figuresOf(report, 'unit w1', code).value)
    expect(unit).to.deep.equal([75, 50, 62.5, 100, 25, 62.5, 62.5])
    // City: C1 90/100, C2 80/100, C3 60/60, C4 100/100, C5 70/100. F1 = 90, F2 = 85; not the mean of 62.5 and 100.
    const city = ['C1', 'C2', 'C3', 'F1', 'C4', 'C5', 'F2', 'INDEX'].map(
      (code) => figuresOf(report, 'total city', code).value,
    )
    expect(city).to.deep.equal([90, 80, 100, 90, 100, 70, 85, 87.5])
    expect(figuresOf(report, 'area q1', 'INDEX')).to.deep.equal(figuresOf(report, 'total city', 'INDEX'))
    expect(figuresOf(report, 'total city', 'C3').base).to.equal(60)
    const { lowPercent, highPercent } = wilsonInterval(0.75, 40)
    expect(figuresOf(report, 'unit w1', 'C1').interval).to.deep.equal({ low: lowPercent, high: highPercent })
  })

  it('counts complete cases of the wave’s own form, mode and units, and receives the others', async () => {
    const odd = [
      ...answered('w1', 5, alike(0)).map((one): NewResponse => ({ ...one, disposition: 'partial' })),
      response({ unitUid: 'w1', questionnaireHash: 'another', answers: { C1: 1 } }),
      response({ unitUid: 'w1', mode: 'kiosk', answers: { C1: 1 } }),
      response({ unitUid: 'elsewhere', answers: { C1: 1 } }),
    ]
    const report = await ownReport([...small, ...odd])
    expect([report.receivedCount, report.responseCount, report.validity]).to.deep.equal([105, 100, 'complete_cases_v1'])
    expect(figuresOf(report, 'unit w1', 'C1').value).to.equal(75)
  })

  for (const rule of ['mean_of_children', 'pooled'] as const) {
    it(`gives the figures, bases and totals of the live index report under ${rule}`, async () => {
      const stored = [
        ...answered('w1', 45, { C1: 30, C2: 20, C3: null, C4: 40, C5: 10 }),
        ...answered('w2', 70, { C1: 70, C2: 3, C3: 69, C4: 50, C5: null }),
        ...answered('q3', 81, { C1: 1, C2: 40, C3: 33, C4: 80, C5: 21 }),
        ...answered('q5', 36, alike(20)),
      ]
      const parts = methodWave.unitUids.map((uid) =>
        part(
          uid,
          stored.filter(({ unitUid }) => unitUid === uid),
        ),
      )
      const live = unitReport(parts, parents, rule)
      const method = ownMethod()
      const index = { ...method.index, rule, parts: method.index.parts!.map((factor) => ({ ...factor, rule })) }
      const report = await ownReport(stored, { ...method, index })
      const compared = sameLines(live).map(({ key, code, line, figures }) => {
        const { value, base, interval } = figuresOf(report, key, code)
        const place = `${key} ${code}`
        expect(value, place).to.be.closeTo(figures.topTwoBoxPercent, 1e-9)
        expect(base, place).to.equal(figures.base)
        // Under mean_of_children the live interval follows from tallies alone: near, not the same.
        const tolerance = rule === 'pooled' || line.level === 'criterion' ? 1e-6 : 1.5
        expect(interval!.low, place).to.be.closeTo(figures.interval.lowPercent, tolerance)
        expect(interval!.high, place).to.be.closeTo(figures.interval.highPercent, tolerance)
        return place
      })
      expect(compared.length).to.be.greaterThan(40)
    })
  }

  it('is the same to the last digit in whatever order the responses are read', async () => {
    const stored = [...small, ...answered('q3', 81, { C1: 1, C2: 40, C3: 33, C4: 80, C5: 21 })]
    expect(await ownReport(stored.toReversed())).to.deep.equal(await ownReport(stored))
  })

  it('narrows to a unit or area after protection', async () => {
    const report = await ownReport(small, ownMethod(), 'q1')
    expect(report.groups.map(({ key }) => key)).to.have.members(['area q1', 'unit w1', 'unit w2'])
    expect((await ownReport(small, ownMethod(), 'w1')).groups.map(({ key }) => key)).to.deep.equal(['unit w1'])
  })

  it('refuses unknown waves, methods and units, and says which methods fit instead', async () => {
    const other = ownMethod({ id: 'other', fits: [{ questionnaire: 'citizen', versions: ['2026.1'], items: {} }] })
    const city = methodCity(small, [ownMethod(), other])
    const codeOf = (query: Partial<Parameters<typeof city.getMethodReport>[1]>) =>
      city.getMethodReport(CITY, { waveId: methodWave.id, methodName: 'own', unitUid: null, ...query }).then(
        () => null,
        (error: { code: string; facts: unknown }) => [error.code, error.facts],
      )
    expect(await codeOf({ waveId: 'none' })).to.deep.equal(['not_found', { what: 'wave' }])
    expect(await codeOf({ methodName: 'none' })).to.deep.equal(['not_found', { what: 'method' }])
    expect(await codeOf({ methodName: 'own@2025.9' })).to.deep.equal(['not_found', { what: 'method' }])
    expect(await codeOf({ unitUid: 'nowhere' })).to.deep.equal(['not_found', { what: 'unit' }])
    const facts = { questionnaire: 'tiny 1.0', fits: ['citizen 2026.1'], fittingMethods: ['own'] }
    expect(await codeOf({ methodName: 'other' })).to.deep.equal(['method_unfit', facts])
  })

  it('takes the newest version of a method, and an older one by name', async () => {
    const [older, newer] = [ownMethod({ version: '2026.9' }), ownMethod({ version: '2026.10' })]
    const city = methodCity(small, [older, newer])
    const versionOf = async (methodName: string) =>
      (await city.getMethodReport(CITY, { waveId: methodWave.id, methodName, unitUid: null })).method.version
    expect([await versionOf('own'), await versionOf('own@2026.9')]).to.deep.equal(['2026.10', '2026.9'])
    const { methods } = await city.listMethods(methodWave.id)
    expect(methods.map(({ name }) => name)).to.deep.equal(['own', 'own@2026.9'])
  })

  it('has a wave without responses say so', async () => {
    const report = await ownReport([])
    expect(report.groups.flatMap(({ cells }) => cells.map(({ estimate }) => estimate.kind))).to.include('empty')
    expect(report.groups.every(({ cells }) => cells.every(({ estimate }) => estimate.kind === 'empty'))).to.equal(true)
  })
})
