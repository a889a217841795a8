import { expect } from 'chai'
import fc from 'fast-check'
import { criteriaOf, type Method } from '../../../../server/domain/method/method.js'
import { figureKey } from '../../../../server/domain/method-report/method-lines.js'
import type { MethodGroup, MethodReport } from '../../../../server/domain/method-report/method-report.js'
import { methodReportRows } from '../../../../server/domain/method-report/method-report-rows.js'
import { alike, answered, ownMethod, ownReport } from '../../../support/method-city.js'
import { projectMethod } from '../../../support/methods.js'

const kindOf = (report: MethodReport, key: string, code: string) => {
  const cell = report.groups.find((group) => group.key === key)?.cells.find(({ line }) => line.code === code)
  return cell?.estimate.kind === 'suppressed' ? cell.estimate.reason : cell?.estimate.kind
}

/** Distinct figures of some lines of a group, and how many of them are hidden. */
function hiddenAmong(group: MethodGroup, codes: readonly string[]) {
  const cells = group.cells.filter(({ line, estimate }) => codes.includes(line.code) && estimate.kind !== 'empty')
  const hidden = new Set(
    cells.filter(({ estimate }) => estimate.kind === 'suppressed').map(({ line }) => figureKey(line)),
  )
  return hidden.size
}

/** Lines of a group whose figure leaves exactly one hidden one to be worked out, among its parts or among the units below. */
function exposedIn(group: MethodGroup, { groups }: MethodReport): readonly string[] {
  const below = groups.filter(({ key }) => group.parts.includes(key))
  const shown = group.cells.filter(({ estimate }) => estimate.kind === 'published').map(({ line }) => line)
  const hiddenBelow = (code: string) => below.filter((one) => hiddenAmong(one, [code]) > 0).length
  return shown
    .filter(({ code, parts }) => hiddenAmong(group, parts) === 1 || hiddenBelow(code) === 1)
    .map(({ code }) => code)
}

describe('what a method’s report hides', () => {
  it('hides the figures of few, and one more so that the total does not give them away', async () => {
    const stored = [
      ...answered('w1', 3, alike(2)),
      ...answered('w2', 80, alike(50)),
      ...answered('q3', 70, alike(30)),
      ...answered('q5', 90, alike(45)),
    ]
    const report = await ownReport(stored)
    expect(kindOf(report, 'unit w1', 'INDEX')).to.equal('too_few')
    // The area q1 less w2 would be w1.
    expect(kindOf(report, 'unit w2', 'INDEX')).to.equal('complementary')
    expect(kindOf(report, 'total city', 'INDEX')).to.equal('published')
    const row = [...methodReportRows(report)].find((one) => one.unit_uid === 'w1' && one.code === 'INDEX')
    expect(row).to.deep.include({ status: 'suppressed', reason: 'too_few' })
    for (const column of ['n_valid', 'value', 'low', 'high', 'class', 'rank', 'notes'] as const) {
      expect(row?.[column], column).to.equal(null)
    }
  })

  it('hides class and rank with the figure, and carries † by the thresholds of the method', async () => {
    const classes = [{ code: 'good', name: { vi: 'Tốt', en: 'Good' }, from: 0 }]
    const policy = { minRespondents: 5, minReliableBase: 10, minUnflaggedBase: 20 }
    const method = ownMethod({ classes, disclosure: { internal: policy, public: policy } })
    const stored = [...answered('q3', 9, alike(9)), ...answered('q5', 15, alike(9)), ...answered('w2', 50, alike(9))]
    const rows = [...methodReportRows(await ownReport(stored, method))].filter(({ code }) => code === 'INDEX')
    const of = (unit: string) => rows.find(({ unit_uid }) => unit_uid === unit)
    expect(of('q3')).to.deep.include({ status: 'suppressed', reason: 'unreliable', class: null, flag: null })
    expect(of('q5')).to.deep.include({ status: 'published', class: 'good', flag: '†' })
    expect(of('w2')).to.deep.include({ status: 'published', class: 'good', flag: null })
  })

  it('takes criteria on one item for one figure: both go, and another with them', async () => {
    const items = { C1: 'C1', C2: 'C2', C3: 'C2', C4: 'C4', C5: 'C5' }
    const method = ownMethod({ fits: [{ questionnaire: 'tiny', versions: ['1.0'], items }] })
    const few = answered('q3', 80, { C1: 60, C2: null, C4: 60, C5: 60 })
    const stored = few.map((one, i) => (i < 4 ? { ...one, answers: { ...one.answers, C2: 5 } } : one))
    const report = await ownReport(
      [...stored, ...answered('q5', 80, alike(40)), ...answered('w1', 80, alike(40))],
      method,
    )
    expect([kindOf(report, 'unit q3', 'C2'), kindOf(report, 'unit q3', 'C3')]).to.deep.equal(['too_few', 'too_few'])
    expect(kindOf(report, 'unit q3', 'C1')).to.equal('complementary')
    const factor = report.groups.find(({ key }) => key === 'unit q3')?.cells.find(({ line }) => line.code === 'F1')
    expect(factor?.isCoarse).to.equal(true)
    // (75 + 100 + 100) / 3 = 91.666…, to one decimal.
    expect(factor?.estimate).to.have.nested.property('figures.value', 91.7)
  })

  it('leaves no hidden figure alone in any sum or mean, in random cities', async () => {
    const size = fc.integer({ min: 0, max: 12 })
    const city = fc.tuple(size, size, size, size)
    await fc.assert(
      fc.asyncProperty(city, fc.integer({ min: 0, max: 4 }), async (sizes, gap) => {
        const policy = { minRespondents: 5, minReliableBase: 5, minUnflaggedBase: 60 }
        const stored = ['w1', 'w2', 'q3', 'q5'].flatMap((uid, u) =>
          answered(uid, sizes[u]!, alike(sizes[u]! >> 1)).map((one, i) =>
            i % 3 < gap % 3 ? { ...one, answers: { ...one.answers, [`C${1 + gap}`]: 97 } } : one,
          ),
        )
        const report = await ownReport(stored, ownMethod({ disclosure: { internal: policy, public: policy } }))
        for (const group of report.groups) expect(exposedIn(group, report), group.key).to.deep.equal([])
      }),
      { numRuns: 60 },
    )
  })
})

describe('what scores between units give away', () => {
  const ddci = projectMethod('ddci-hcm')
  const codes = criteriaOf(ddci.index).map(({ code }) => code)
  /** Every statement stands on an item of the tiny form; all units are in one block. */
  const method: Method = {
    ...ddci,
    id: 'scored',
    blocks: [{ code: 'locality', name: { vi: 'Địa phương', en: 'Localities' }, kinds: ['quan', 'phuong'] }],
    fits: [
      {
        questionnaire: 'tiny',
        versions: ['1.0'],
        items: Object.fromEntries(codes.map((code, i) => [code, `C${1 + (i % 5)}`])),
      },
    ],
  }
  const cityWith = (few: number) =>
    ownReport(
      [
        ...answered('w1', 60, { C1: 20, C2: 30, C3: 10, C4: 50, C5: 40 }),
        ...answered('w2', 50, { C1: 40, C2: 10, C3: 30, C4: 20, C5: 10 }),
        ...answered('q3', 20, alike(20)),
        ...answered('q5', 4, alike(few)),
      ],
      method,
    )

  it('nothing of a unit with few raters: whatever they said, all other figures stay the same', async () => {
    const [none, all] = [await cityWith(0), await cityWith(4)]
    expect([...methodReportRows(all)]).to.deep.equal([...methodReportRows(none)])
    expect(kindOf(none, 'unit q5', 'DDCI')).to.equal('too_few')
  }).timeout(60_000)

  it('shows 10 to 29 raters with †, the percent agreeing alone: no score, no rank, no end of a scale', async () => {
    const report = await cityWith(2)
    const row = (unit: string, code: string) =>
      [...methodReportRows(report)].find((one) => one.unit_uid === unit && one.code === code)
    expect(row('q3', 'M1')).to.deep.include({ status: 'no_value', absolute: 100, value: null, flag: '†', n_valid: 20 })
    expect(row('q3', 'DDCI')).to.deep.include({ status: 'no_value', value: null, rank: null, n_valid: 20 })
    // 40 of 50 against 20 of 60, with the 100 % of q3 outside: w2 is the best at M1.
    expect(row('w2', 'M1')).to.deep.include({ value: 10, absolute: 80 })
    expect(row('w1', 'DDCI')?.rank_among).to.equal(2)
    expect(report.groups.map(({ scope }) => scope)).to.deep.equal(['unit', 'unit', 'unit', 'unit'])
    expect(report.bootstrap).to.deep.include({ replicates: 1000, seed: '2026-web scored 2026.1' })
  }).timeout(60_000)
})
