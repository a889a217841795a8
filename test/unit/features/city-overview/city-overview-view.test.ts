import { expect } from 'chai'
import { cityChange, unitChanges } from '../../../../server/domain/overview/unit-changes.js'
import { compareModes } from '../../../../server/domain/report/compare-modes.js'
import type { SeriesBreak } from '../../../../server/domain/series/series-breaks.js'
import type { Mode } from '../../../../server/domain/survey/vocabulary.js'
import { toCityPlace } from '../../../../server/features/city-overview/city-place.js'
import { cityChangeText, toFallingUnits } from '../../../../server/features/city-overview/falling-units.view.js'
import { firstRows } from '../../../../server/features/city-overview/first-rows.js'
import { toCityModes } from '../../../../server/features/city-overview/modes.view.js'
import { reportFormats } from '../../../../server/features/index-reports/index.js'
import { beforeReport, cityReport, nowReport } from '../../../support/overview-city.js'
import { projectTexts } from '../../../support/project-files.js'
import { responses, treeRegistry } from '../../../support/report-data.js'

const words = {
  language: 'en',
  t: projectTexts().translator('en'),
  formats: reportFormats('en'),
  registry: treeRegistry({}),
} as const

/** 300 of 400 are satisfied, unless told otherwise. */
const inMode = (mode: Mode, satisfied = 300, count = 400) =>
  cityReport({ q1: responses(count, satisfied) }, { id: `2026-${mode}`, mode })

describe('the modes beside a wave of the city', () => {
  const sentencesOf = (...reports: Parameters<typeof compareModes>[0]) =>
    toCityModes(compareModes(reports), words).sentences

  it('say how far answers lie above the independent ones, with the interval', () => {
    // Acceptance value H1: 75 and 82.5 % of 400: 7.5 points, 1.83 to 13.12.
    expect(sentencesOf(inMode('face_to_face'), inMode('kiosk', 330))).to.deep.equal([
      'Overall satisfaction index: answers at the counter are 7.5 points above face-to-face interviews (+1.8 … +13.1), more than noise.',
    ])
  })

  it('say when there is not enough evidence, when they lie below, and when a figure is not shown', () => {
    expect(sentencesOf(inMode('phone'), inMode('web', 304))[0]).to.include('not enough evidence of a difference')
    expect(sentencesOf(inMode('phone'), inMode('web', 240))[0]).to.include('15.0 points below telephone interviews')
    expect(sentencesOf(inMode('phone'), inMode('web', 10, 20))[0]).to.include('one of the two figures is not shown')
  })

  it('say when none of them is independent, and when there is none at all', () => {
    expect(sentencesOf(inMode('web'), inMode('kiosk', 330))[1]).to.include('None of them are independent interviews')
    expect(sentencesOf(inMode('web'))).to.have.length(1)
    expect(sentencesOf(inMode('web'))[0]).to.include('nobody knows how far')
  })
})

describe('the wave before', () => {
  const [before, now] = [beforeReport(), nowReport()]
  const since = (breaks: readonly SeriesBreak[], from = before) => ({
    wave: from.wave,
    breaks,
    change: cityChange(from, now, { breaks }),
    units: unitChanges([{ report: from, join: { isUnitJoined: () => breaks.length === 0 } }], now),
  })
  const place = toCityPlace({ overview: { report: now } as never }, 'en', '')

  it('is named with the reason where the city is not comparable with it, and then no unit falls', () => {
    const broken = since([{ kind: 'scope', cause: 'levels' }])
    expect(cityChangeText(broken, words)[0])
      .to.include('not of the same thing')
      .and.include('units of different levels')
    const view = toFallingUnits(broken, place, words)
    expect(view.sentence).to.equal('No unit can be compared with an earlier wave.')
    expect([view.rows.length, view.chance]).to.deep.equal([0, ''])
    // Seven units of now were asked about before.
    expect(view.untold).to.include('ground, tasks or questions are not those of before (units: 7)')
  })

  it('leaves no change where it shows no figure, or where there is none', () => {
    const hidden = since([], cityReport({ q1: responses(10, 5) }, { id: '2025-web-citizen', opensOn: '2025-01-01' }))
    expect(cityChangeText(hidden, words)[0]).to.include('the figure of one of the two is not shown')
    expect(cityChangeText(null, words)[0]).to.include('the first wave')
  })

  it('gives a row for each fall, linked to the unit and to the report', () => {
    const [row, ...others] = toFallingUnits(since([]), place, words).rows
    expect(others).to.deep.equal([])
    expect([row?.before.percent, row?.after.percent, row?.change?.points]).to.deep.equal(['95.0', '80.0', '−15.0'])
    expect([row?.href, row?.reportHref]).to.deep.equal([
      '/agency/q3?wave=2026-web-citizen',
      '/reports/2026-web-citizen?unit=q3',
    ])
  })
})

describe('a long list', () => {
  const itself = (value: number) => value
  const upTo = (count: number) => Array.from({ length: count }, (_, i) => i)

  it('stands open for ten rows and folds the rest away, unless they are few', () => {
    expect(firstRows(upTo(13), itself)).to.deep.equal({ first: upTo(13), more: [] })
    expect(firstRows(upTo(14), itself)).to.deep.equal({ first: upTo(10), more: [10, 11, 12, 13] })
    expect(firstRows([], itself)).to.deep.equal({ first: [], more: [] })
  })

  it('is not cut within a tie', () => {
    const tied = [...upTo(9), 9, 9, 9, 10, 11, 12, 13]
    expect(firstRows(tied, itself).more).to.deep.equal([10, 11, 12, 13])
  })
})
