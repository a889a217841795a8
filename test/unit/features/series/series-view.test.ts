import { expect } from 'chai'
import { createUnitRegistry } from '../../../../server/domain/units/create-unit-registry.js'
import { reportFormats } from '../../../../server/features/index-reports/index.js'
import { drawnRuns } from '../../../../server/features/series/drawn-runs.js'
import { toAnswer } from '../../../../server/features/series/series-answer.view.js'
import { toSeriesChart } from '../../../../server/features/series/series-chart.view.js'
import { toPanelRows } from '../../../../server/features/series/series-panel.view.js'
import { toPointRows } from '../../../../server/features/series/series-table.view.js'
import { listText } from '../../../../server/features/series/series-words.js'
import { projectTexts } from '../../../support/project-files.js'
import { responses } from '../../../support/report-data.js'
import { seriesOf, type TestWave } from '../../../support/series-data.js'
import { makeData, makeEvent, makeUnit, whole } from '../../../support/unit-fixtures.js'

const CHANGED_ON = '2026-03-01'
const registry = createUnitRegistry(
  makeData(
    [makeUnit('a'), makeUnit('b', { validTo: CHANGED_ON })],
    [{ ...makeEvent(CHANGED_ON, whole('b', 'a')), type: 'merge' }],
  ),
)
const words = { language: 'en', t: projectTexts().translator('en'), formats: reportFormats('en'), registry } as const
const month = (day: string, satisfied: number): TestWave => ({ answers: { a: { [day]: responses(100, satisfied) } } })
const monthly = { registry, unitUid: 'a', grain: 'month' } as const
const linesOf = (series: ReturnType<typeof seriesOf>) => toSeriesChart(series, words)?.runs

describe('a series in words and lines', () => {
  it('says that a gap leaves points comparable, and draws no line over it', () => {
    const series = seriesOf([month('2025-01-01', 60), month('2025-04-01', 70)], monthly)
    expect(toPointRows(series, words)[1]).to.deep.include({
      breaks: ['Empty for 2 months; still comparable'],
      isCut: false,
    })
    expect(linesOf(series)).to.deep.equal([
      [60, null],
      [null, 70],
    ])
    expect(toSeriesChart(series, words)?.breaks).to.deep.equal([])
  })

  it('does not call comparable what a changed boundary parts as well', () => {
    const series = seriesOf([month('2025-11-01', 60), month('2026-04-01', 70)], monthly)
    const [, row] = toPointRows(series, words)
    expect(row?.isCut).to.equal(true)
    expect(row?.breaks.at(-1)).to.equal('Empty for 4 months')
    expect(toSeriesChart(series, words)?.breaks).to.deep.equal([{ before: 1, label: 'boundary' }])
    expect(toPanelRows(series.panel, (line) => line, words)[0]?.spark.breaks).to.deep.equal([80])
    expect(toAnswer(series, words).at(-1)).to.equal('Breaks in the series: 1; nothing is compared across them.')
  })

  it('writes a small p as what it is below, and a larger one in three decimals', () => {
    const trendOf = (satisfied: readonly number[]) => {
      const waves = satisfied.map((count, i) => month(`${2020 + i}-01-01`, count))
      return toAnswer(seriesOf(waves, { registry, unitUid: 'a' }), words).find((text) => text.startsWith('Trend'))
    }
    expect(trendOf([40, 60, 80])).to.match(/\), p < 0\.001\.$/)
    expect(trendOf([60, 62, 60])).to.match(/\), p = 1\.000\.$/)
  })

  it('tells the first six of a list and how many more there are', () => {
    expect(listText([...'abcdefgh'], words.t)).to.equal('a, b, c, d, e, f, and 2 more')
    expect(listText([...'abcdef'], words.t)).to.equal('a, b, c, d, e, f')
  })

  it('numbers the stretches of a line by breaks, gaps and segments', () => {
    const gap = { kind: 'gap', months: 2 } as const
    const points = [
      { segment: 0, breaks: [] },
      { segment: 0, breaks: [gap] },
      { segment: 0, breaks: [] },
      { segment: 1, breaks: [] },
    ]
    expect(drawnRuns(points)).to.deep.equal([0, 1, 1, 2])
  })
})
