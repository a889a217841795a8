import { expect } from 'chai'
import { waveTrend, yearOf } from '../../../../server/domain/series/wave-trend.js'
import { createUnitRegistry } from '../../../../server/domain/units/create-unit-registry.js'
import { goldenFile } from '../../../support/golden-file.js'
import { responses } from '../../../support/report-data.js'
import { seriesOf } from '../../../support/series-data.js'
import { makeData, makeUnit } from '../../../support/unit-fixtures.js'

interface TrendValues {
  readonly years: readonly number[]
  readonly pct: readonly number[]
  readonly se: readonly number[]
  readonly slope_pp_per_year: number
  readonly se_slope: number
  readonly p: number
}
const { H3_trend_wls: h3 } = goldenFile<{ H3_trend_wls: TrendValues }>('statistics-acceptance.json')

describe('the trend over waves', () => {
  const interval = { lowPercent: 0, highPercent: 100 }

  it('H3: is the weighted slope in points a year, from figures on the effective base of their standard error', () => {
    const waves = h3.years.map((year, i) => {
      const [percent, error] = [h3.pct[i]!, h3.se[i]!]
      const effectiveBase = (percent * (100 - percent)) / error ** 2
      return {
        period: { from: `${year}-03-01`, to: `${year}-06-01` },
        figures: { topTwoBoxPercent: percent, effectiveBase, interval },
      }
    })
    const trend = waveTrend(waves)
    // 2024 is a leap year: its spring lies a thousandth of a year nearer to the next, which the slope may feel in the fourth place.
    expect(trend?.slope).to.be.closeTo(h3.slope_pp_per_year, 2e-3)
    const whole = waveTrend(
      waves.map((wave, i) => ({ ...wave, period: { from: `${h3.years[i]}-01-01`, to: `${h3.years[i]! + 1}-01-01` } })),
    )
    expect(whole?.slope).to.be.closeTo(h3.slope_pp_per_year, 1e-6)
    expect(whole?.standardError).to.be.closeTo(h3.se_slope, 1e-6)
    expect(whole?.p).to.be.closeTo(h3.p, 1e-6)
  })

  it('takes a wave where everybody was satisfied as certain only as far as its interval goes', () => {
    const at = (year: number, percent: number) => ({
      period: { from: `${year}-01-01`, to: `${year + 1}-01-01` },
      figures: { topTwoBoxPercent: percent, effectiveBase: 50, interval: { lowPercent: 92.865, highPercent: 100 } },
    })
    // Equal errors would give (98 - 96) / 2 a year were the last not counted more.
    expect(waveTrend([at(2024, 96), at(2025, 97), at(2026, 100)])?.slope).to.be.within(1.5, 2.5)
    expect(waveTrend([at(2024, 96), at(2025, 97)])).to.equal(null)
  })

  it('is made within a segment only', () => {
    const registry = createUnitRegistry(makeData([makeUnit('a')]))
    const year = (first: number, satisfied: number) => ({
      answers: { a: { [`${first}-01-01`]: responses(400, satisfied) } },
    })
    const wanted = { registry, unitUid: 'a' } as const
    expect(seriesOf([year(2023, 296), year(2024, 306), year(2025, 320)], wanted).trends).to.have.length(1)
    const later = { ...year(2025, 320), wave: { serviceCodes: ['HT'] } }
    expect(seriesOf([year(2023, 296), year(2024, 306), later], wanted).trends).to.deep.equal([])
  })

  it('counts the years of a day', () => {
    expect(yearOf('2026-01-01')).to.equal(2026)
    expect(yearOf('2024-07-01')).to.be.closeTo(2024 + 182 / 366, 1e-12)
  })
})
