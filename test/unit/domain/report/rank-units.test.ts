import { expect } from 'chai'
import fc from 'fast-check'
import type { AggregationRule } from '../../../../server/domain/index/aggregate.js'
import type { IndexReport } from '../../../../server/domain/report/index-report.js'
import { MAX_UNITS_FOR_RANKS, withStandings } from '../../../../server/domain/report/rank-units.js'
import type { CountedPart } from '../../../../server/domain/report/report-group.js'
import { part, responses, treeRegistry, unitReport } from '../../../support/report-data.js'

const under = (parts: readonly CountedPart[]) => Object.fromEntries(parts.map(({ key }) => [key, 'city']))

function standings(parts: readonly CountedPart[], rule: AggregationRule = 'single_item') {
  const parents = under(parts)
  return withStandings(unitReport(parts, parents, rule), (uid) => treeRegistry(parents).byUid(uid)?.kind)
}

function rankOf(report: IndexReport, uid: string) {
  const rank = report.blocks.find(({ group }) => group.key === `unit ${uid}`)?.standing?.rank
  return rank ? `${rank.low}-${rank.high} of ${rank.of}` : null
}

describe('rank ranges of the units of a report', () => {
  it('are the sets of acceptance value K1, from answers', () => {
    // Shares of K1; bases that give nearly its errors (2.00, 2.21, 2.39, 2.47, 2.67 against 2.0, 2.2, 2.4, 2.5, 2.7), on which
    // the same pairs stay apart after Holm: Q1 > Củ Chi, Q3 > Củ Chi (z 4.33), Q1 > Q8 (z 3.15, p 0.0016 × 8).
    const report = standings([
      part('q1', responses(300, 258)),
      part('q3', responses(275, 231)),
      part('q5', responses(300, 234)),
      part('q8', responses(300, 228)),
      part('cu-chi', responses(300, 207)),
    ])
    const sets = ['q1', 'q3', 'q5', 'q8', 'cu-chi'].map((uid) => rankOf(report, uid))
    expect(sets).to.deep.equal(['1-3 of 5', '1-4 of 5', '1-5 of 5', '2-5 of 5', '3-5 of 5'])
  })

  it('compare a district with districts and a ward with wards only', () => {
    const report = standings([
      part('q1', responses(400, 380)),
      part('q3', responses(400, 200)),
      part('w1', responses(400, 100)),
      part('w2', responses(400, 40)),
    ])
    expect(['q1', 'q3', 'w1', 'w2'].map((uid) => rankOf(report, uid))).to.deep.equal([
      '1-1 of 2',
      '2-2 of 2',
      '1-1 of 2',
      '2-2 of 2',
    ])
    expect(report.blocks[0]?.standing).to.equal(undefined)
  })

  it('leave out units that are hidden or flagged, whatever their answers', () => {
    const shown = [part('q1', responses(400, 380)), part('q3', responses(400, 200))]
    const ranksWith = (...others: readonly CountedPart[]) => {
      const report = standings([...shown, ...others])
      return ['q1', 'q3', ...others.map(({ key }) => key)].map((uid) => rankOf(report, uid))
    }
    const without = ['1-1 of 2', '2-2 of 2']
    expect(ranksWith(part('q5', responses(12, 12)), part('q7', responses(45, 45)))).to.deep.equal([
      ...without,
      null,
      null,
    ])
    expect(ranksWith(part('q5', responses(12, 0)), part('q7', responses(45, 0)))).to.deep.equal([
      ...without,
      null,
      null,
    ])
  })

  it('are no certainty where everybody is satisfied', () => {
    // 100 % of 60 against 98 % of 200: a standard error of 0 would tell them apart.
    const report = standings([part('q1', responses(60, 60)), part('q3', responses(200, 196))])
    expect(['q1', 'q3'].map((uid) => rankOf(report, uid))).to.deep.equal(['1-2 of 2', '1-2 of 2'])
  })

  it('give no rank to a unit alone of its kind, and none in a report by month', () => {
    const report = standings([part('q1', responses(100, 80)), part('w1', responses(100, 80))])
    expect(rankOf(report, 'q1')).to.equal(null)
    const monthly: IndexReport = { ...report, breakdown: 'month' }
    expect(withStandings(monthly, () => 'quan')).to.equal(monthly)
  })

  it('come with thirds once there are many units', () => {
    const many = Array.from({ length: MAX_UNITS_FOR_RANKS + 1 }, (_, i) =>
      part(`q${i}`, responses(400, i < 10 ? 380 : 100)),
    )
    const thirds = standings(many).blocks.flatMap(({ standing }) => standing?.rank?.third ?? [])
    // Ten surely on ranks 1 to 10 of 31, a third of which ends at 10.33; the others anywhere from 11 to 31.
    expect(thirds).to.deep.equal([...Array(10).fill('upper'), ...Array(21).fill('open')])
    const few = standings(many.slice(1)).blocks.flatMap(({ standing }) => (standing?.rank ? [standing.rank.third] : []))
    expect(few).to.have.length(MAX_UNITS_FOR_RANKS)
    expect(new Set(few)).to.deep.equal(new Set([null]))
  })

  it('hold the place of the unit among the figures shown (property)', () => {
    const unit = fc.tuple(fc.integer({ min: 1, max: 150 }), fc.double({ min: 0, max: 1, noNaN: true }))
    fc.assert(
      fc.property(fc.array(unit, { minLength: 2, maxLength: 9 }), (units) => {
        const parts = units.map(([n, share], i) => part(`q${i}`, responses(n, Math.round(n * share))))
        const blocks = standings(parts, 'mean_of_children').blocks.filter(({ standing }) => standing?.rank)
        const values = blocks.map(({ cells }) => {
          const { estimate } = cells[0]!
          return estimate.kind === 'published' ? estimate.figures.topTwoBoxPercent : Number.NaN
        })
        blocks.forEach(({ standing }, i) => {
          const { low, high, of } = standing!.rank!
          const place = 1 + values.filter((value) => value > values[i]!).length
          expect(of).to.equal(blocks.length)
          expect(low).to.be.at.most(place)
          expect(high).to.be.at.least(place)
        })
      }),
      { numRuns: 60, seed: 49 },
    )
  })
})
