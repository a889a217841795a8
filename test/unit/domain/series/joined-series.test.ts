import { expect } from 'chai'
import { DISCLOSURE_POLICIES } from '../../../../server/domain/disclosure/policy.js'
import type { LineLevel } from '../../../../server/domain/index/lines.js'
import type { Questionnaire } from '../../../../server/domain/questionnaire/definition.js'
import { boundaryEvents } from '../../../../server/domain/series/boundary-events.js'
import { buildSeries } from '../../../../server/domain/series/build-series.js'
import { createUnitRegistry } from '../../../../server/domain/units/create-unit-registry.js'
import { wave as waveWith } from '../../../support/builders.js'
import { goldenFile } from '../../../support/golden-file.js'
import { projectRegistry } from '../../../support/project-files.js'
import { responses } from '../../../support/report-data.js'
import { figuresOf, seriesOf, type TestWave } from '../../../support/series-data.js'
import { rating, tinyQuestionnaire } from '../../../support/tiny-questionnaire.js'
import { makeData, makeUnit } from '../../../support/unit-fixtures.js'

const registry = createUnitRegistry(makeData([makeUnit('a'), makeUnit('so', { kind: 'so' })]))
const wanted = { registry, unitUid: 'a' } as const

interface TwoWave {
  readonly x1: number
  readonly n1: number
  readonly x2: number
  readonly n2: number
  readonly diff_pp: number
  readonly z_pooled: number
  readonly p: number
  readonly newcombe_ci: readonly [number, number]
}
const { H1_two_wave: h1 } = goldenFile<{ H1_two_wave: TwoWave }>('statistics-acceptance.json')

const year = (first: number, n: number, satisfied: number): TestWave => ({
  answers: { a: { [`${first}-03-01`]: responses(n, satisfied) } },
})

/** The tiny questionnaire with one item changed. */
function withItem(code: string, changes: Parameters<typeof rating>[1]): Questionnaire {
  const questionnaire = tinyQuestionnaire()
  const [section] = questionnaire.sections
  const items = section!.items.map((item) => (item.code === code ? { ...item, ...rating(code, changes) } : item))
  return { ...questionnaire, version: '1.1', sections: [{ ...section!, items }] }
}

describe('points of a series', () => {
  it('H1: compares a wave with the one before, through the whole path', () => {
    const { points } = seriesOf([year(2024, h1.n1, h1.x1), year(2025, h1.n2, h1.x2)], wanted)
    expect(points.map(({ segment, breaks }) => [segment, breaks])).to.deep.equal([
      [0, []],
      [0, []],
    ])
    expect(points[0]?.change).to.equal(null)
    const change = points[1]?.change
    expect(change?.points).to.be.closeTo(h1.diff_pp, 1e-9)
    expect(change?.z).to.be.closeTo(h1.z_pooled, 1e-9)
    expect(change?.p).to.be.closeTo(h1.p, 1e-9)
    expect(change?.lowPoints).to.be.closeTo(h1.newcombe_ci[0], 1e-6)
    expect(change?.highPoints).to.be.closeTo(h1.newcombe_ci[1], 1e-6)
    expect(change).to.include({ verdict: 'rise', sinceOn: '2024-03-01' })
  })

  it('corrects for testing several changes at once', () => {
    // p of the first change 0.009519 (H1), of the second, 330 to 334 of 400, about 0.7: Holm doubles the first.
    const { points } = seriesOf([year(2023, 400, 300), year(2024, 400, 330), year(2025, 400, 334)], wanted)
    expect(points[1]?.change?.adjustedP).to.be.closeTo(2 * h1.p, 1e-9)
    expect(points.map(({ change }) => change?.verdict ?? null)).to.deep.equal([null, 'rise', 'noise'])
  })

  const lines: readonly [LineLevel, string, boolean][] = [
    ['overall', 'overall', true],
    ['factor', 'F1', true],
    ['criterion', 'C1', true],
    ['factor', 'F2', false],
    ['criterion', 'C4', false],
  ]
  for (const [level, code, isBroken] of lines) {
    it(`${isBroken ? 'breaks' : 'joins'} ${level} ${code} where the wording of C1 changes`, () => {
      const reworded = withItem('C1', { text: { vi: 'Khác', en: 'Other' } })
      const later = { ...year(2025, 100, 60), questionnaire: reworded, wave: { questionnaireHash: 'v2' } }
      const { points } = seriesOf([year(2024, 100, 60), later], {
        ...wanted,
        rule: 'mean_of_children',
        line: { level, code },
      })
      const items = [{ code: 'C1', changes: ['reworded'] }]
      expect(points[1]?.breaks).to.deep.equal(isBroken ? [{ kind: 'instrument', items }] : [])
      expect(points[1]?.change === null).to.equal(isBroken)
      expect(points[1]?.segment).to.equal(isBroken ? 1 : 0)
    })
  }

  it('breaks where a scale turns round and where a factor gains an item, but not for another order', () => {
    const breaksOf = (questionnaire: Questionnaire, code: string) =>
      seriesOf([year(2024, 100, 60), { ...year(2025, 100, 60), questionnaire, wave: { questionnaireHash: 'v2' } }], {
        ...wanted,
        rule: 'mean_of_children',
        line: { level: 'factor', code },
      }).points[1]?.breaks
    const tiny = tinyQuestionnaire()
    const [f1, f2, mod] = tiny.factors
    const regrouped = { ...tiny, factors: [f1!, { ...f2!, items: ['C4', 'C5', 'M1'] }, mod!] }
    const [section] = tiny.sections
    const reordered = { ...tiny, sections: [{ ...section!, items: section!.items.toReversed() }] }
    expect(breaksOf(withItem('C2', { isReversed: true }), 'F1')).to.deep.equal([
      { kind: 'instrument', items: [{ code: 'C2', changes: ['rescaled'] }] },
    ])
    expect(breaksOf(regrouped, 'F2')).to.deep.equal([
      { kind: 'instrument', items: [{ code: 'M1', changes: ['added'] }] },
    ])
    expect(breaksOf(reordered, 'F1')).to.deep.equal([])
  })

  it('shows a wave that did not ask about the line as such', () => {
    const tiny = tinyQuestionnaire()
    const without = { ...tiny, factors: tiny.factors.filter(({ code }) => code !== 'F2') }
    const { points } = seriesOf(
      [{ ...year(2024, 100, 60), questionnaire: without, wave: { questionnaireHash: 'v0' } }, year(2025, 100, 60)],
      { ...wanted, rule: 'mean_of_children', line: { level: 'factor', code: 'F2' } },
    )
    expect(points.map(({ outcome }) => outcome.kind)).to.deep.equal(['not_asked', 'published'])
    expect(points[1]?.breaks).to.deep.equal([{ kind: 'instrument', items: [] }])
  })

  it('breaks the city of 1 July 2025 in two as it was, by the event that made it', () => {
    const real = projectRegistry()
    const { points } = seriesOf(
      [
        { answers: { 'so-xay-dung': { '2025-04-01': responses(100, 60) } } },
        { answers: { 'so-xay-dung': { '2025-08-01': responses(100, 60) } } },
      ],
      { registry: real, unitUid: 'tp-ho-chi-minh' },
    )
    const [first] = points[1]?.breaks ?? []
    if (first?.kind !== 'boundary' || first.cause !== 'events') throw new Error('No boundary')
    expect(new Set(first.events.map(({ on }) => on))).to.deep.equal(new Set(['2025-07-01']))
    expect(points[1]?.change).to.equal(null)
    // Wards merged within the city on 1 January 2025 changed nothing of it.
    expect(boundaryEvents(real, 'tp-ho-chi-minh', '2021-06-01', '2025-06-30')).to.deep.equal([])
  })

  it('does not join what was measured on departments to what was measured on districts', () => {
    const both: readonly TestWave[] = [
      { answers: { a: { '2024-03-01': responses(100, 60) } } },
      { answers: { so: { '2025-03-01': responses(100, 60) } } },
    ]
    const { points } = seriesOf(both, { registry, unitUid: 'city' })
    expect(points[1]?.breaks).to.deep.equal([{ kind: 'scope', cause: 'levels' }])
  })

  it('never takes two modes or respondent types together', () => {
    expect(() => seriesOf([year(2024, 50, 30), { ...year(2025, 50, 30), wave: { mode: 'kiosk' } }], wanted)).to.throw(
      RangeError,
      'one respondent type and mode',
    )
  })

  it('is nothing where no wave asks about the line', () => {
    const input = { ...wanted, line: { level: 'factor', code: 'X' }, rule: 'pooled', grain: 'wave', waves: [] } as const
    const rest = {
      map: { kind: 'as_was' },
      period: { from: null, to: null },
      policy: DISCLOSURE_POLICIES.internal,
    } as const
    expect(buildSeries({ ...input, ...rest })).to.equal(null)
    expect(waveWith().mode).to.equal('web')
  })
})

describe('a series by month', () => {
  /** 100 people a month, so many of them satisfied; a month with `null` has no response. */
  const months = (first: number, satisfied: readonly (number | null)[]) =>
    Object.fromEntries(
      satisfied.flatMap((count, i) =>
        count === null ? [] : [[`${first}-${String(i + 1).padStart(2, '0')}-01`, responses(100, count)]],
      ),
    )
  const monthly = { ...wanted, grain: 'month' } as const

  it('shows a month without responses as a gap, which breaks the line and not the comparison', () => {
    const { points } = seriesOf([{ answers: { a: months(2026, [60, null, 90]) } }], monthly)
    expect(points.map(({ outcome }) => outcome.kind)).to.deep.equal(['published', 'empty', 'published'])
    expect(points[2]?.change).to.deep.include({ sinceOn: '2026-01-01', verdict: 'rise' })
    expect(points[2]?.segment).to.equal(0)
  })

  it('compares with the same month of the year before, over a gap between waves', () => {
    const { points } = seriesOf(
      [{ answers: { a: months(2025, [60, 62]) } }, { answers: { a: months(2026, [60, 90]) } }],
      monthly,
    )
    expect(points.map(({ yearChange }) => yearChange?.sinceOn ?? null)).to.deep.equal([
      null,
      null,
      '2025-01-01',
      '2025-02-01',
    ])
    expect(points.map(({ yearChange }) => yearChange?.verdict ?? null)).to.deep.equal([null, null, 'noise', 'rise'])
    expect(points[2]?.breaks).to.deep.equal([{ kind: 'gap', months: 10 }])
  })

  it('draws control limits and names the month outside them', () => {
    // Centre 73.75 %: limits 73.75 +- 3 * sqrt(0.7375 * 0.2625 / 100) = 60.55 to 86.95.
    const { charts, trends } = seriesOf([{ answers: { a: months(2026, [80, 78, 55, 82]) } }], monthly)
    expect(charts).to.have.length(1)
    expect(charts[0]?.centrePercent).to.be.closeTo(73.75, 1e-9)
    expect(charts[0]?.points[0]?.lowLimitPercent).to.be.closeTo(60.55, 0.005)
    expect(charts[0]?.points[0]?.highLimitPercent).to.be.closeTo(86.95, 0.005)
    expect(charts[0]?.points.filter(({ signals }) => signals.length > 0).map(({ period }) => period)).to.deep.equal([
      '2026-03-01',
    ])
    expect(trends).to.deep.equal([])
  })

  it('keeps control limits to one segment', () => {
    const reworded = withItem('G1', { text: { vi: 'Khác', en: 'Other' } })
    const { charts } = seriesOf(
      [
        { answers: { a: months(2025, [60, 62, 61]) } },
        { answers: { a: months(2026, [80, 82, 81]) }, questionnaire: reworded, wave: { questionnaireHash: 'v2' } },
      ],
      monthly,
    )
    expect(charts.map(({ segment, centrePercent }) => [segment, centrePercent])).to.deep.equal([
      [0, 61],
      [1, 81],
    ])
  })

  it('takes only the months asked for, with the changes of those', () => {
    const { points } = seriesOf([{ answers: { a: months(2026, [60, 70, 90]) } }], {
      ...monthly,
      period: { from: '2026-02-01', to: '2026-04-01' },
    })
    expect(points.map(({ period }) => period.from)).to.deep.equal(['2026-02-01', '2026-03-01'])
    expect(points[0]?.change).to.equal(null)
  })
})

describe('the panel of a series', () => {
  it('shows the index and its factors, with their last changes corrected together', () => {
    const { panel, points } = seriesOf([year(2024, 400, 300), year(2025, 400, 330)], { ...wanted, rule: 'pooled' })
    expect(panel.map(({ series: { line } }) => line.code)).to.deep.equal(['overall', 'F1', 'F2'])
    // Everybody answers all items alike, so k items give kn(n - 1)/(kn - 1) effective answers: 399.499 in F2, the most. Its p is
    // that of z = 2.592815 * sqrt(399.499/400) = 2.591192, 0.009564; Holm takes it three times, and no line gets less.
    const adjusted = panel.map(({ change }) => change?.adjustedP ?? 0)
    for (const p of adjusted) expect(p).to.be.closeTo(0.028693, 1e-6)
    // Alone, with 399.2 effective answers in five items.
    expect(points[1]?.change?.adjustedP).to.be.closeTo(0.009591, 1e-6)
    expect(figuresOf(points[1]).base).to.equal(400)
  })
})
