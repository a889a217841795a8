import { expect } from 'chai'
import { CHANCE_BELOW, judgeUnits, mediansByKind } from '../../../../server/domain/overview/judge-units.js'
import { weakCriteria } from '../../../../server/domain/overview/weak-criteria.js'
import { wilsonInterval } from '../../../../server/domain/statistics/wilson.js'
import { cityReport, kindOf, nowReport, uidsOf } from '../../../support/overview-city.js'
import { responses } from '../../../support/report-data.js'

const INDEX = { level: 'overall', code: 'overall' } as const
const judge = (report = nowReport()) => judgeUnits(report.blocks, INDEX, mediansByKind(report.blocks, kindOf), kindOf)

describe('units of a city that are weak', () => {
  it('lie below the target or the median of their kind by their whole interval, the lowest first', () => {
    // Upper Wilson bounds: w3 of 40 % on 100: 49.8; q1 of 70 % on 100: 78.1; q3 of 80 % on 200: 84.95; q4 of 85 % on 100: 90.7.
    const { weak } = judge()
    expect(uidsOf(weak)).to.deep.equal(['w3', 'q1', 'q3'])
    // Below 80 are w3 and q1; below the districts' median of 85 are q1 and q3; one ward with a figure is no kind.
    expect(weak.map(({ isBelowTarget }) => isBelowTarget)).to.deep.equal([true, true, false])
    expect(weak.map(({ isBelowMedian }) => isBelowMedian)).to.deep.equal([false, true, true])
    expect(weak.map(({ median }) => median)).to.deep.equal([
      undefined,
      { percent: 85, unitCount: 5 },
      { percent: 85, unitCount: 5 },
    ])
  })

  it('are counted with the comparisons made, what chance alone would list, and what nobody can say', () => {
    // Six figures held against the target, five of them against a median: 11 x 2.5 %.
    const { judged, testCount, byChance, hiddenCount, emptyCount } = judge()
    expect([judged.length, testCount, hiddenCount, emptyCount]).to.deep.equal([6, 11, 1, 1])
    expect(byChance).to.be.closeTo(0.275, 1e-12)
  })

  it('are none where every interval reaches its bound', () => {
    const { weak, judged } = judge(
      cityReport({ q1: responses(100, 85), q3: responses(100, 84), q4: responses(100, 86) }),
    )
    expect([weak.length, judged.length]).to.deep.equal([0, 3])
  })
})

describe('what chance alone lists', () => {
  /** Chance that so many of n, of whom each is satisfied with a chance of 80 %, have an upper bound below 80: a sum of binomial terms. */
  const chanceBelow = (n: number) => {
    let [term, sum] = [0.2 ** n, 0]
    for (let x = 0; x <= n; x += 1) {
      if (wilsonInterval(x / n, n).highPercent < 80) sum += term
      term *= ((n - x) / (x + 1)) * 4
    }
    return sum
  }

  it('is about one comparison in forty', () => {
    // Worked out apart (Python, log-gamma): 2.03 to 4.32 %, on average 2.80 %; on 100 people 3.42 %.
    const chances = Array.from({ length: 370 }, (_, i) => chanceBelow(30 + i))
    expect(chanceBelow(100)).to.be.closeTo(0.0342, 5e-5)
    expect(Math.min(...chances)).to.be.closeTo(0.0203, 5e-5)
    expect(Math.max(...chances)).to.be.closeTo(0.0432, 5e-5)
    const mean = chances.reduce((sum, one) => sum + one, 0) / chances.length
    expect(mean).to.be.closeTo(0.028, 5e-5)
    expect(CHANCE_BELOW).to.be.closeTo(mean, 0.005)
  })
})

/** A hundred people who are satisfied with all but what is named, of which so many are. */
const withCriteria = (satisfied: Readonly<Record<string, number>>) =>
  responses(100, 100).map(({ answers, ...one }, i) => ({
    ...one,
    answers: { ...answers, ...Object.fromEntries(Object.entries(satisfied).map(([code, n]) => [code, i < n ? 5 : 2])) },
  }))

describe('the lowest criteria of a city', () => {
  const report = cityReport({
    q1: withCriteria({ C1: 50, C2: 90, C4: 90 }),
    q3: withCriteria({ C1: 90, C2: 90, C4: 90 }),
    q4: withCriteria({ C1: 91, C2: 90, C4: 90 }),
  })
  const criteria = (size: number) => weakCriteria(report, mediansByKind(report.blocks, kindOf), kindOf, size)

  it('stand in order, with the units that are weak at each', () => {
    // C1: (50 + 90 + 91) / 300 = 77 %; q1's 50 % on 100 has the upper bound 59.6, the others' 90 % reach 94.5.
    const [lowest] = criteria(1).lowest
    expect([lowest?.line.code, lowest?.estimate.figures.topTwoBoxPercent]).to.deep.equal(['C1', 77])
    expect([uidsOf(lowest?.units.weak ?? []), lowest?.units.judged.length]).to.deep.equal([['q1'], 3])
  })

  it('break no tie: what equals the last one is there too', () => {
    expect(criteria(2).lowest.map(({ line }) => line.code)).to.deep.equal(['C1', 'C2', 'C4'])
    expect(criteria(2).shownCount).to.equal(5)
  })

  it('are none where the city shows none', () => {
    const empty = cityReport({ q1: [] })
    const found = weakCriteria(empty, mediansByKind(empty.blocks, kindOf), kindOf, 5)
    expect([found.lowest.length, found.shownCount, found.notShownCount]).to.deep.equal([0, 0, 5])
  })
})
