import { expect } from 'chai'
import fc from 'fast-check'
import { lineKey, partKeys } from '../../../../server/domain/index/lines.js'
import type { IndexReport } from '../../../../server/domain/report/index-report.js'
import { unitGroups } from '../../../../server/domain/report/report-group.js'
import { part, responses, treeRegistry, unitReport } from '../../../support/report-data.js'

const districts = { q1: 'city', q3: 'city', q5: 'city', wardA: 'q1', wardB: 'q1' }

function estimate(report: IndexReport, key: string, code: string, rollup = 'pooled') {
  const block = report.blocks.find(
    ({ group, rollup: kind }) => group.key === key && (kind === 'none' || kind === rollup),
  )
  return block?.cells.find(({ line }) => line.code === code)?.estimate
}

function percent(report: IndexReport, key: string, code: string, rollup?: string) {
  const found = estimate(report, key, code, rollup)
  return found?.kind === 'published' ? found.figures.topTwoBoxPercent : found
}

describe('index report by unit', () => {
  it('rolls up by responses to districts and the city, and says the simple mean of units apart', () => {
    const report = unitReport(
      [part('wardA', responses(60, 30)), part('wardB', responses(120, 90)), part('q3', responses(100, 100))],
      districts,
    )
    // District 1: 120 of 180; city: 220 of 280; simple mean of 50, 75 and 100.
    expect(percent(report, 'area q1', 'C1')).to.be.closeTo(100 * (120 / 180), 1e-9)
    expect(percent(report, 'total city', 'C1')).to.be.closeTo(100 * (220 / 280), 1e-9)
    expect(percent(report, 'total city', 'C1', 'simple_mean')).to.be.closeTo(75, 1e-9)
    expect(report.blocks.map(({ group, rollup }) => `${group.key} ${rollup}`)).to.deep.equal([
      'total city pooled',
      'total city simple_mean',
      'area q1 pooled',
      'unit wardA none',
      'unit wardB none',
      'unit q3 none',
    ])
  })

  it('takes a district for the root of a report about its area', () => {
    const frame = { service: null, period: { from: null, to: null } }
    const parts = [part('q1', responses(50, 50)), part('wardA', responses(50, 0))]
    const groups = unitGroups(parts, treeRegistry(districts), '2026-01-01', 'q1', frame)
    expect(groups.map(({ key }) => key)).to.deep.equal(['total q1', 'unit q1', 'unit wardA'])
    expect(groups[0]?.parts).to.deep.equal(['unit q1', 'unit wardA'])
    expect(groups[0]?.tally.responses).to.equal(100)
  })

  it('gives the simple mean the interval of independent units', () => {
    // Two units of 100 at 50 % and 90 %: variance (0.25/100 + 0.09/100)/4 = 0.00085; 0.7·0.3/0.00085 = 247.058824.
    const report = unitReport([part('q1', responses(100, 50)), part('q3', responses(100, 90))], districts)
    const mean = estimate(report, 'total city', 'C1', 'simple_mean')
    expect(mean?.kind === 'published' && mean.figures.effectiveBase).to.be.closeTo(247.058824, 1e-6)
  })

  it('keeps the row of a district that is asked about itself beside its roll-up', () => {
    const report = unitReport(
      [part('q1', responses(50, 50)), part('wardA', responses(50, 0)), part('q3', responses(70, 35))],
      districts,
    )
    expect(percent(report, 'unit q1', 'C1')).to.equal(100)
    expect(percent(report, 'area q1', 'C1')).to.equal(50)
    expect(report.blocks[0]?.group.parts).to.deep.equal(['area q1', 'unit q3'])
  })

  it('hides by threshold, flags 30 to 59 and tells the empty apart', () => {
    const report = unitReport(
      [part('q1', responses(4, 4)), part('q3', responses(12, 6)), part('q5', responses(40, 20))],
      districts,
    )
    expect(estimate(report, 'unit q1', 'C1')).to.deep.equal({ kind: 'suppressed', reason: 'too_few' })
    expect(estimate(report, 'unit q3', 'C1')).to.deep.equal({ kind: 'suppressed', reason: 'unreliable' })
    expect(estimate(report, 'unit q5', 'C1')).to.deep.include({ kind: 'published', reliability: 'flagged' })
    expect(estimate(report, 'unit q5', 'M1')).to.deep.equal({ kind: 'empty' })
  })

  it('hides a second unit where one alone could be subtracted from the city', () => {
    const report = unitReport(
      [part('q1', responses(4, 4)), part('q3', responses(80, 60)), part('q5', responses(200, 100))],
      districts,
    )
    expect(estimate(report, 'unit q3', 'C1')).to.deep.equal({ kind: 'suppressed', reason: 'complementary' })
    expect(estimate(report, 'unit q5', 'C1')?.kind).to.equal('published')
    expect(estimate(report, 'total city', 'C1')?.kind).to.equal('published')
  })

  it('hides a second criterion where the factor would give a single one away', () => {
    const rare = [...responses(90, 45, { C2: 96 }), ...responses(4, 4)]
    const report = unitReport([part('q1', rare)], { q1: 'city' })
    expect(estimate(report, 'unit q1', 'C2')).to.deep.equal({ kind: 'suppressed', reason: 'too_few' })
    const others = ['C1', 'C3'].map((code) => estimate(report, 'unit q1', code)?.kind)
    expect(others).to.have.members(['suppressed', 'published'])
    expect(estimate(report, 'unit q1', 'F1')?.kind).to.equal('published')
  })

  it('hides a third criterion where the factor would tell of the same few people what they said of two', () => {
    // Factor less C1: the answers of three people to C2 and C3.
    const rare = [...responses(90, 45, { C2: 96, C3: 96 }), ...responses(3, 3)]
    const report = unitReport([part('q1', rare)], { q1: 'city' })
    expect(estimate(report, 'unit q1', 'C1')).to.deep.equal({ kind: 'suppressed', reason: 'complementary' })
    expect(estimate(report, 'unit q1', 'F1')?.kind).to.equal('published')
  })

  it('hides a third unit where the city would tell of the few people behind two', () => {
    const few = [part('q1', responses(2, 2)), part('wardA', responses(2, 2))]
    const report = unitReport([...few, part('q3', responses(80, 60)), part('q5', responses(200, 100))], {
      ...districts,
      wardA: 'city',
    })
    expect(estimate(report, 'unit q3', 'C1')).to.deep.equal({ kind: 'suppressed', reason: 'complementary' })
    expect(estimate(report, 'unit q5', 'C1')?.kind).to.equal('published')
  })

  it('hides nothing more for a figure that is only unreliable, and uses it as cover first', () => {
    const districtsOf = (n: number) => [
      part('q1', responses(n, n >> 1)),
      part('q3', responses(80, 60)),
      part('q5', responses(200, 100)),
    ]
    const alone = unitReport(districtsOf(12), districts)
    expect(estimate(alone, 'unit q1', 'C1')).to.deep.equal({ kind: 'suppressed', reason: 'unreliable' })
    expect(estimate(alone, 'unit q3', 'C1')?.kind).to.equal('published')
    const withFew = unitReport([...districtsOf(12), part('wardA', responses(3, 3))], { ...districts, wardA: 'city' })
    expect(estimate(withFew, 'unit q1', 'C1')?.kind).to.equal('suppressed')
    expect(estimate(withFew, 'unit q3', 'C1')?.kind).to.equal('published')
  })

  it('lets no confidential figure be subtracted out, whatever the units', () => {
    const unit = fc.record({ n: fc.nat(90), rare: fc.nat(90) })
    fc.assert(
      fc.property(fc.array(unit, { minLength: 1, maxLength: 4 }), (units) => {
        const uids = ['wardA', 'wardB', 'q3', 'q5']
        const report = unitReport(
          units.map(({ n, rare }, i) =>
            part(uids[i]!, [...responses(n, n >> 1), ...responses(rare, rare, { C2: 96, C4: 97 })]),
          ),
          districts,
        )
        expect(workedOut(report)).to.deep.equal([])
      }),
      { numRuns: 300 },
    )
  })

  it('takes only shown units into the simple mean and says how many', () => {
    const report = unitReport(
      [part('q1', responses(3, 3)), part('q3', responses(80, 60)), part('q5', responses(200, 100))],
      districts,
    )
    const block = report.blocks.find(({ rollup }) => rollup === 'simple_mean')
    expect(block?.unitCounts?.['criterion C1']).to.equal(1)
    expect(percent(report, 'total city', 'C1', 'simple_mean')).to.equal(50)
  })

  it('is a report of nobody without units', () => {
    const report = unitReport([], {})
    expect(report.blocks.map(({ group }) => group.key)).to.deep.equal(['total city'])
    expect(estimate(report, 'total city', 'overall')).to.deep.equal({ kind: 'empty' })
  })
})

/**
 * Confidential figures, and figures hidden to cover them, that a patient reader works out: whoever knows all but one figure
 * of a roll-up with its parts, or of a composite with its criteria, knows that one too, and goes on with it.
 */
function workedOut(report: IndexReport): readonly string[] {
  const blocks = report.blocks.filter(({ rollup }) => rollup !== 'simple_mean')
  const places = blocks.flatMap(({ group, cells }) =>
    cells.map((cell) => ({ key: `${group.key}|${lineKey(cell.line)}`, cell })),
  )
  const unknown = new Map(
    places.flatMap(({ key, cell: { estimate } }) => (estimate.kind === 'suppressed' ? [[key, estimate.reason]] : [])),
  )
  const relations = blocks.flatMap(({ group, cells }) =>
    cells.flatMap(({ line }) => [
      // The means of units do not add up to the mean of the city; what they leave is about enough people all the same.
      line.item === null ? [] : [group.key, ...group.parts].map((key) => `${key}|${lineKey(line)}`),
      [lineKey(line), ...partKeys(line)].map((key) => `${group.key}|${key}`),
    ]),
  )
  const found: string[] = []
  const solve = (): boolean => {
    const open = relations.filter((keys) => keys.length > 1).map((keys) => keys.filter((key) => unknown.has(key)))
    const [key] = open.find((keys) => keys.length === 1) ?? []
    if (key === undefined) return false
    if (unknown.get(key) !== 'unreliable') found.push(key)
    return unknown.delete(key)
  }
  while (solve());
  return found
}
