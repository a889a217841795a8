import { expect } from 'chai'
import type { AgencyScores } from '../../../../server/features/agency-scores/agency-scores.js'
import { toAgencyScoresView } from '../../../../server/features/agency-scores/agency-scores.view.js'
import { reportFormats } from '../../../../server/features/index-reports/index.js'
import { agencyScores, monthReport } from '../../../support/agency-data.js'
import { wave } from '../../../support/builders.js'
import { projectTexts } from '../../../support/project-files.js'
import { part, responses, unitReport } from '../../../support/report-data.js'

const texts = projectTexts()

function viewOf(overrides: Partial<AgencyScores> = {}, language: 'vi' | 'en' = 'en') {
  const context = { language, t: texts.translator(language), formats: reportFormats(language) }
  const place = { path: '/agency', listHref: null, chosenLanguage: null, isWhole: true }
  return toAgencyScoresView(agencyScores(overrides), place, context)
}
const rowsOf = (view: ReturnType<typeof viewOf>) => [
  ...(view.indexTable?.rows ?? []),
  ...(view.besideTable?.rows ?? []),
]
const rowOf = (view: ReturnType<typeof viewOf>, label: string) => rowsOf(view).find((row) => row.label === label)

describe('the page of an agency', () => {
  it('says the index with its interval and holds it against the median of its kind', () => {
    const { headline } = viewOf()
    expect(headline?.shown?.percent).to.equal('50.0%')
    // Median of 50, 80, 85 and 90 %: 82.5.
    expect(headline?.shown?.comparison).to.match(
      /^32\.5 percentage points below the median of 4 units of its kind \(82\.5%\)/,
    )
    expect(headline?.shown?.ruler.medianX).not.to.equal(null)
  })

  it('says that evidence is missing when the median lies within the interval', () => {
    const parts = ['q1', 'q3', 'q4'].map((uid, i) => part(uid, responses(100, 78 + 2 * i)))
    const view = viewOf({ byUnit: unitReport(parts, { q1: 'city', q3: 'city', q4: 'city' }) })
    expect(view.headline?.shown?.comparison).to.include('not enough evidence')
    expect([rowsOf(view).some(({ isLow }) => isLow), view.hasLow]).to.deep.equal([false, false])
  })

  it('colours what lies below the median with its whole interval', () => {
    expect(rowOf(viewOf(), 'Criterion C1')).to.deep.include({ isLow: true, median: '82.5', difference: '−32.5' })
    expect(viewOf().weakest.every(({ isLow }) => isLow)).to.equal(true)
    expect(viewOf().hasLow).to.equal(true)
  })

  it('says of how many units the medians are, and only that of a comparison which was looked at', () => {
    expect(viewOf().indexTable?.medianNote).to.equal('Median of 4 units of its kind with figures that can be shown.')
    expect(viewOf().headline?.shown?.comparison).to.match(/; the whole interval lies below it\.$/)
  })

  it('compares nothing with fewer than three units of its kind', () => {
    const view = viewOf({ sameKind: new Set(['q1', 'q3']) })
    expect(view.indexTable?.medianNote).to.equal('')
    expect(rowOf(view, 'Criterion C1')).to.deep.include({ isLow: false, median: '–', difference: '–' })
    expect(view.headline?.shown?.comparison).to.include('at least 3 units')
  })

  it('hides what is too small with the reason in place of every number', () => {
    const rare = [...responses(190, 95, { C2: 96 }), ...responses(10, 10)]
    const parts = [part('q1', rare), ...['q3', 'q4', 'q5'].map((uid) => part(uid, responses(200, 160)))]
    const row = rowOf(
      viewOf({ byUnit: unitReport(parts, { q1: 'city', q3: 'city', q4: 'city', q5: 'city' }) }),
      'Criterion C2',
    )
    expect(row?.figure).to.deep.equal({
      isShown: false,
      isHidden: true,
      why: 'hidden: fewer than 30 respondents',
      percent: '',
      interval: '',
      base: '',
    })
    expect([row?.bar, row?.difference]).to.deep.equal([null, '–'])
  })

  it('flags few respondents with † and says so', () => {
    const parts = [part('q1', responses(40, 20)), ...['q3', 'q4', 'q5'].map((uid) => part(uid, responses(200, 160)))]
    const view = viewOf({ byUnit: unitReport(parts, { q1: 'city', q3: 'city', q4: 'city', q5: 'city' }) })
    expect(view.headline?.shown?.isFlagged).to.equal(true)
    expect(rowOf(view, 'Criterion C1')?.figure).to.deep.include({ percent: '50.0\u00a0†' })
  })

  it('keeps what stands outside the index in a table of its own', () => {
    const { indexTable: index, besideTable: beside } = viewOf()
    expect(index?.rows.map(({ label }) => label))
      .to.include('Factor one')
      .and.not.to.include('Module')
    expect(beside?.rows.map(({ label }) => label)).to.include.members(['Module', 'Criterion G1'])
  })

  it('says that nobody answered yet, from which day on', () => {
    const view = viewOf({ byUnit: unitReport([], {}), overTime: monthReport({}) })
    expect(view).to.deep.include({ isEmpty: true, headline: null, hasTrend: false, scripts: [] })
    expect(view.emptyText).to.include('1 Jan 2026')
  })

  it('names mode, responses, days, method and rule', () => {
    const facts = viewOf({}, 'vi').facts.join(' ')
    expect(facts)
      .to.include('qua mạng')
      .and.include('200 phiếu hợp lệ')
      .and.match(/01\/01\/2026.*31\/12\/2026/)
    expect(facts).to.include('top_two_box_wilson95_v1').and.include('trung bình cộng')
  })

  it('offers the other waves of the unit', () => {
    const older = wave({ id: 'older', title: { vi: 'Cũ', en: 'Older' } })
    const { picker } = viewOf({ waves: [wave(), older] })
    expect(picker.hasChoice).to.equal(true)
    expect(picker.waves.map(({ id, isCurrent }) => `${id} ${isCurrent}`)).to.deep.equal([
      '2026-web-citizen true',
      'older false',
    ])
  })
})

describe('the trend by month', () => {
  const overTime = monthReport({
    '2026-01-01': responses(100, 50),
    '2026-02-01': responses(100, 60),
    '2026-04-01': responses(100, 70),
    '2026-05-01': responses(20, 20),
    '2026-06-01': responses(25, 5),
  })

  it('has a row for every month, hidden and silent ones included', () => {
    const { trend } = viewOf({ overTime })
    const said = trend.rows.map(({ when, figure }) => `${when}: ${figure.isShown ? figure.percent : figure.why}`)
    expect(said).to.deep.equal([
      '01/2026: 50.0',
      '02/2026: 60.0',
      '03/2026: nobody answered',
      '04/2026: 70.0',
      '05/2026: hidden: fewer than 30 respondents',
      '06/2026: hidden: fewer than 30 respondents',
    ])
  })

  it('sets each month with a figure against the last one that has one, and says whether it is more than noise', () => {
    const months = monthReport({
      '2026-01-01': responses(100, 50),
      '2026-02-01': responses(100, 52),
      '2026-04-01': responses(100, 80),
    })
    const changes = viewOf({ overTime: months }).trend.rows.map(
      ({ change }) => change && `${change.points} ${change.kind}`,
    )
    expect(changes).to.deep.equal([null, '+2.0 noise', null, '+28.0 rise'])
  })

  it('leaves gaps in the chart where the table has no number', () => {
    const { chart } = viewOf({ overTime }).trend
    expect(chart?.percents).to.deep.equal([50, 60, null, 70, null, null])
    expect(chart?.lows.map((low) => low === null)).to.deep.equal([false, false, true, false, true, true])
    expect(viewOf({ overTime }).scripts).to.deep.equal(['agency-charts.js'])
  })

  it('is not drawn with a single month', () => {
    expect(viewOf().trend.chart).to.equal(null)
  })
})
