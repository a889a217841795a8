import { expect } from 'chai'
import fc from 'fast-check'
import type { SeriesMap } from '../../../../server/domain/series/series.js'
import { originsInWave } from '../../../../server/domain/series/wave-origins.js'
import { createUnitRegistry } from '../../../../server/domain/units/create-unit-registry.js'
import { golden } from '../../../support/golden.js'
import { projectRegistry } from '../../../support/project-files.js'
import { responses } from '../../../support/report-data.js'
import { figuresOf, seriesOf } from '../../../support/series-data.js'
import { makeData, makeEvent, makeUnit, part, whole } from '../../../support/unit-fixtures.js'

const on = (day: string): SeriesMap => ({ kind: 'mapped', on: day })
const MERGED_ON = '2021-01-01'
const merged = createUnitRegistry(
  makeData(
    [
      makeUnit('a', { validTo: MERGED_ON }),
      makeUnit('b', { validTo: MERGED_ON }),
      makeUnit('u', { validFrom: MERGED_ON }),
    ],
    [makeEvent(MERGED_ON, whole('a', 'u'), whole('b', 'u'))],
  ),
)
/** A fifth of `a` and all of `b`. */
const shared = createUnitRegistry(
  makeData(
    [
      makeUnit('a', { validTo: MERGED_ON }),
      makeUnit('b', { validTo: MERGED_ON }),
      ...['u', 'v'].map((uid) => makeUnit(uid, { validFrom: MERGED_ON })),
    ],
    [makeEvent(MERGED_ON, part('a', 'u', 0.2), part('a', 'v', 0.8), whole('b', 'u'))],
  ),
)

describe('a series on the map of a day', () => {
  const real = projectRegistry()

  it('M1: pools the three districts into Thủ Đức City, through the whole path', () => {
    const { Q2, Q9, QThuDuc } = golden.M1_crosswalk.units as Record<'Q2' | 'Q9' | 'QThuDuc', [number, number]>
    const month = (satisfied: number, n: number) => ({ '2020-03-01': responses(n, satisfied) })
    const { points } = seriesOf(
      [{ answers: { 'quan-2': month(...Q2), 'quan-9': month(...Q9), 'quan-thu-duc': month(...QThuDuc) } }],
      {
        registry: real,
        unitUid: 'tp-thu-duc',
        map: on('2021-06-01'),
      },
    )
    const [point] = points
    expect(figuresOf(point).topTwoBoxPercent).to.be.closeTo(golden.M1_crosswalk.pooled_TPThuDuc, 1e-6)
    expect(figuresOf(point)).to.include({ base: 370, effectiveBase: 370 })
    expect(point?.basis).to.deep.equal({
      kind: 'exact',
      parts: [
        { uid: 'quan-2', share: 1, base: 100 },
        { uid: 'quan-9', share: 1, base: 120 },
        { uid: 'quan-thu-duc', share: 1, base: 150 },
      ],
      missing: [],
    })
  })

  it('names the district that was not asked about, and does not join the point to one that has it', () => {
    const month = { '2020-03-01': responses(80, 60) }
    const { points } = seriesOf(
      [
        { answers: { 'quan-2': month, 'quan-9': month } },
        { answers: { 'tp-thu-duc': { '2022-03-01': responses(80, 60) } } },
      ],
      { registry: real, unitUid: 'tp-thu-duc', map: on('2022-03-01') },
    )
    expect(points.map(({ basis }) => basis.missing)).to.deep.equal([['quan-thu-duc'], []])
    expect(points[1]).to.deep.include({ breaks: [{ kind: 'boundary', cause: 'coverage' }], segment: 1, change: null })
  })

  it('says that the city of before 1 July 2025 lacks the two provinces', () => {
    const wave = { answers: { 'quan-1': { '2025-02-01': responses(100, 60) } } }
    const { points } = seriesOf([wave], { registry: real, unitUid: 'tp-ho-chi-minh', map: on('2026-01-01') })
    expect(points[0]?.basis.kind).to.equal('exact')
    expect(points[0]?.basis.missing).to.have.members(['tinh-binh-duong', 'tinh-ba-ria-vung-tau'])
  })

  it('makes of whole units merged what it makes of their raw rows, every line and figure', () => {
    const answer = fc.constantFrom(1, 2, 3, 4, 5, 96, 97, 99)
    const people = fc.array(
      fc
        .record({ C1: answer, C2: answer, C3: answer, C4: answer, C5: answer, M1: answer, R1: answer, G1: answer })
        .map((answers) => ({
          answers,
          disposition: 'complete' as const,
        })),
      { minLength: 60, maxLength: 90 },
    )
    fc.assert(
      fc.property(
        people,
        people,
        fc.constantFrom('mean_of_children', 'pooled', 'single_item'),
        (first, second, rule) => {
          const month = '2020-03-01'
          const wanted = { registry: merged, unitUid: 'u', rule, map: on(MERGED_ON) } as const
          const apart = seriesOf([{ answers: { a: { [month]: first }, b: { [month]: second } } }], wanted)
          const pooled = seriesOf(
            [{ wave: { referenceOn: MERGED_ON }, answers: { u: { [month]: [...first, ...second] } } }],
            wanted,
          )
          const outcomes = ({ panel }: typeof apart) =>
            panel.map(({ series }) => series.points.map(({ outcome }) => outcome))
          expect(outcomes(apart)).to.deep.equal(outcomes(pooled))
        },
      ),
      { numRuns: 30, seed: 7 },
    )
  })

  it('breaks the series of every ward of 2025 with a part of unknown size, and of no other', () => {
    const [before, after] = ['2025-06-01', '2025-07-01']
    const communes = real.validOn(before).filter(({ kind }) => ['phuong', 'xa', 'thi_tran'].includes(kind))
    const links = real
      .events()
      .filter((event) => event.on === after)
      .flatMap((event) => event.links)
    const wave = { unitUids: communes.map(({ uid }) => uid), referenceOn: before }
    const found = { exact: 0, broken: 0 }
    for (const ward of real.validOn(after).filter(({ kind }) => ['phuong', 'xa', 'dac_khu'].includes(kind))) {
      const origins = originsInWave(real, ward.uid, wave, on(after))
      const isDivided = links.some(
        ({ from, to, extent }) => to === ward.uid && extent === 'part' && communes.some(({ uid }) => uid === from),
      )
      if (origins === null) continue
      expect(origins.kind, ward.uid).to.equal(isDivided ? 'broken' : 'exact')
      found[isDivided ? 'broken' : 'exact'] += 1
    }
    expect(found.exact).to.be.greaterThan(50)
    expect(found.broken).to.be.greaterThan(50)
  })

  it('gives no figure where a share is unknown, however many answered', () => {
    const answers = {
      'quan-1.ben-nghe': { '2025-03-01': responses(500, 400) },
      'quan-1.da-kao': { '2025-03-01': responses(500, 400) },
    }
    const { points, panel } = seriesOf([{ answers }], { registry: real, unitUid: 'p-sai-gon', map: on('2025-07-01') })
    expect(points[0]?.outcome).to.deep.equal({ kind: 'broken' })
    expect(points[0]?.basis.parts).to.deep.equal([
      { uid: 'quan-1.ben-nghe', share: 1, base: 500 },
      { uid: 'quan-1.da-kao', share: null, base: 500 },
    ])
    for (const { series } of panel)
      for (const { outcome } of series.points) expect(outcome).to.deep.equal({ kind: 'broken' })
  })

  it('estimates from known shares, with the interval of as many people as the shares stand for', () => {
    // a: 100 of 400 satisfied, a fifth of it is u's; b: 90 of 120, all of it. Satisfied 0.2 * 100 + 90 = 110 of 0.2 * 400 + 120 = 200.
    // Wilson 55 % on 200: centre (0.55 + 3.841459/400) / (1 + 3.841459/200) = 0.549058; half = 1.959964/1.019207 *
    // sqrt(0.55*0.45/200 + 3.841459/160000) = 0.068302; so 48.0756 to 61.7359.
    const answers = { a: { '2020-03-01': responses(400, 100) }, b: { '2020-03-01': responses(120, 90) } }
    const { points } = seriesOf([{ answers }], { registry: shared, unitUid: 'u', map: on('2021-06-01') })
    const { topTwoBoxPercent, effectiveBase, base, interval } = figuresOf(points[0])
    expect(points[0]?.basis.kind).to.equal('estimated')
    expect([topTwoBoxPercent, effectiveBase].map((value) => Math.round(value * 1e9) / 1e9)).to.deep.equal([55, 200])
    expect(base).to.equal(200)
    expect(interval.lowPercent).to.be.closeTo(48.0756, 1e-4)
    expect(interval.highPercent).to.be.closeTo(61.7359, 1e-4)
  })

  it('estimates composites item by item and never shows a fifth of few people', () => {
    const answers = { a: { '2020-03-01': responses(140, 70) } }
    const wanted = { registry: shared, map: on('2021-06-01'), rule: 'mean_of_children' } as const
    // A fifth of 140 is 28, under 30; four fifths are 112.
    expect(seriesOf([{ answers }], { ...wanted, unitUid: 'u' }).points[0]?.outcome).to.deep.equal({
      kind: 'suppressed',
      reason: 'unreliable',
    })
    const { panel } = seriesOf([{ answers }], { ...wanted, unitUid: 'v' })
    expect(panel.map(({ series }) => figuresOf(series.points[0]).topTwoBoxPercent)).to.deep.equal([50, 50, 50])
  })

  it('refuses to tell a wave on an older map, with the wave named', () => {
    const wave = { answers: { 'tp-thu-duc': { '2022-03-01': responses(80, 60) } } }
    const { points } = seriesOf([wave], { registry: real, unitUid: 'quan-2', map: on('2020-12-31') })
    expect(points.map(({ outcome, wave: { id } }) => [outcome.kind, id])).to.deep.equal([
      ['backward', 'wave-2022-03-01'],
    ])
  })

  it('says nothing about a wave in which nobody asked about the unit', () => {
    const wave = { unitUids: ['quan-1'], referenceOn: '2020-01-01' }
    expect(originsInWave(real, 'tp-thu-duc', wave, on('2021-06-01'))).to.equal(null)
    expect(originsInWave(real, 'tp-thu-duc', wave, { kind: 'as_was' })).to.equal(null)
  })

  it('prefers wards to the district above them for a ward, and never counts both', () => {
    const wave = { unitUids: ['quan-1', 'quan-1.ben-nghe'], referenceOn: '2025-06-01' }
    const origins = originsInWave(real, 'p-sai-gon', wave, on('2025-07-01'))
    expect(origins?.parts.map(({ uid }) => uid)).to.deep.equal(['quan-1.ben-nghe'])
  })
})

describe('a mapped series and what its parts hide', () => {
  const few = { '2020-03-01': responses(3, 2), '2020-04-01': responses(90, 60), '2020-05-01': responses(100, 60) }
  const many = { '2020-03-01': responses(100, 60), '2020-04-01': responses(90, 60), '2020-05-01': responses(90, 50) }
  const wanted = { registry: merged, unitUid: 'u', map: on(MERGED_ON), grain: 'month' } as const
  const outcomes = (answers: Parameters<typeof seriesOf>[0][number]['answers']) =>
    seriesOf([{ answers }], wanted).points.map(({ outcome }) =>
      outcome.kind === 'suppressed' ? outcome.reason : outcome.kind,
    )

  it('hides the months by which a hidden month of one part could be subtracted out', () => {
    // a hides March (3 people) and a second month as its cover; b shows all three, so u may show neither.
    const own = seriesOf([{ answers: { a: few } }], { registry: merged, unitUid: 'a', grain: 'month' })
    expect(own.points.map(({ outcome }) => outcome.kind)).to.deep.equal(['suppressed', 'suppressed', 'published'])
    expect(outcomes({ a: few, b: many })).to.deep.equal(['complementary', 'complementary', 'published'])
  })

  it('tells no base of a part that the part itself hides', () => {
    const { points } = seriesOf([{ answers: { a: few, b: many } }], wanted)
    expect(points[0]?.basis.parts).to.deep.equal([
      { uid: 'a', share: 1, base: null },
      { uid: 'b', share: 1, base: 100 },
    ])
  })

  it('hides nothing where the parts hide nothing', () => {
    expect(outcomes({ a: many, b: many })).to.deep.equal(['published', 'published', 'published'])
  })

  it('shows the same months whatever period is asked for', () => {
    const { points } = seriesOf([{ answers: { a: few, b: many } }], {
      ...wanted,
      period: { from: '2020-04-01', to: '2020-05-01' },
    })
    expect(points.map(({ outcome }) => outcome.kind)).to.deep.equal(['suppressed'])
  })
})
