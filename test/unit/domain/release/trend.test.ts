import { expect } from 'chai'
import { type EarlierWave, ownFigures, trendRows } from '../../../../server/domain/release/trend.js'
import { cases } from '../../../support/guarded-city.js'
import { linesOf, RELEASED_WAVE, releaseCases, releaseLines, TINY } from '../../../support/released-city.js'

const figures = (percent: number, effectiveBase: number) => ({
  base: effectiveBase,
  percent,
  lowPercent: percent - 4,
  highPercent: percent + 4,
  effectiveBase,
})
const earlier = (year: number, percent: number, more: Partial<EarlierWave> = {}): EarlierWave => ({
  wave: `${year}-web`,
  title: { vi: `Đợt ${year}`, en: `Wave ${year}` },
  release: `${year}-web-r1`,
  manifestSha256: 'ab'.repeat(32),
  opensOn: `${year}-01-01`,
  closesOn: `${year}-07-01`,
  breaks: [],
  figures: { single_item: figures(percent, 400) },
  ...more,
})
/** 330 of 400 at the overall item: 82.5 %. */
const CITY = releaseCases(cases(400, 330, { unitUid: 'w1' }))
const rowsOf = (...waves: readonly EarlierWave[]) =>
  trendRows(waves, RELEASED_WAVE, CITY.reports).filter(({ rule }) => rule === 'single_item')

describe('the trend of a release (T9)', () => {
  it('compares the city with the wave before as acceptance value H1 does', () => {
    const [before, own] = rowsOf(earlier(2025, 75))
    expect(before).to.include({ wave: '2025-web', release: '2025-web-r1', percent: 75, status: 'published' })
    expect(before!.points ?? null).to.equal(null)
    expect(own).to.include({ wave: RELEASED_WAVE.id, release: null, percent: 82.5 })
    expect(own!.points).to.be.closeTo(7.5, 1e-9)
    // Two-sided p of z = 2.592815 is 0.009519.
    expect(own!.p).to.be.closeTo(0.009519, 1e-5)
  })

  it('compares no two waves that are no repetition of each other, and says why', () => {
    const [, own] = rowsOf(earlier(2025, 75, { breaks: ['instrument', 'boundary'] }))
    expect([own!.breaks, own!.p ?? null, own!.percent]).to.deep.equal(['instrument boundary', null, 82.5])
  })

  it('corrects for as many comparisons as there are', () => {
    const [, second, own] = rowsOf(earlier(2023, 75), earlier(2025, 75))
    expect(second).to.include({ points: 0, p: 1, p_holm: 1 })
    // Of two tests the smaller p counts double.
    expect(own!.p_holm).to.be.closeTo(2 * Number(own!.p), 1e-12)
  })

  it('leaves a wave without figure in its place, and compares nothing with it', () => {
    const [, hidden, own] = rowsOf(earlier(2023, 75), earlier(2025, 75, { figures: {} }))
    expect([hidden!.status, hidden!.percent ?? null, own!.points ?? null]).to.deep.equal(['not_shown', null, null])
  })

  it('is what a later release reads of this one, and alone in the first', () => {
    const { tables } = releaseLines(TINY, linesOf(cases(400, 330, { unitUid: 'w1' })), [], [earlier(2025, 75)])
    const texts = tables.map((row) =>
      Object.fromEntries(Object.entries(row).map(([key, value]) => [key, value === null ? '' : String(value)])),
    )
    expect(ownFigures(texts).single_item).to.deep.include({ base: 400, percent: 82.5, effectiveBase: 400 })
    expect(CITY.tables.filter(({ table }) => table === 'trend').map(({ wave }) => wave)).to.deep.equal(
      Array(3).fill(RELEASED_WAVE.id),
    )
  })
})
