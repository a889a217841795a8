import { expect } from 'chai'
import { waveQuality } from '../../../../server/domain/quality-board/wave-quality.js'
import type { ReportBlock } from '../../../../server/domain/report/index-report.js'

const NOTHING = { notApplicable: 0, dontKnow: 0, refused: 0, blank: 0 }
const published = (figures: object) => ({ kind: 'published', figures })
const overall = (best: number, base: number) => ({
  line: { level: 'overall', code: 'overall' },
  estimate: published({ base, split: { percents: [0, 0, 40, 60 - best, best] }, counts: null }),
})
const item = (code: string, answers: number, nonresponse: object) => ({
  line: { level: 'criterion', code },
  estimate: published({ base: answers, split: null, counts: { answers, nonresponse: { ...NOTHING, ...nonresponse } } }),
})
/** A block as a report has it, as far as the board looks. */
const block = (scope: 'total' | 'unit', unitUid: string, cells: readonly object[], received = 100, complete = 90) =>
  ({
    group: { scope, unitUid },
    rollup: scope === 'unit' ? 'none' : 'pooled',
    receivedCount: received,
    responseCount: complete,
    cells,
  }) as unknown as ReportBlock
const kindOf = (uid: string) => (uid.startsWith('s') ? ('so' as const) : ('phuong' as const))

describe('the quality of a wave', () => {
  it('counts what was left unanswered, not applicable being an answer, the worst item first', () => {
    const total = block('total', 'city', [
      overall(20, 100),
      // 20 of 100 asked, 5 of 100: 25 of 200.
      item('A', 80, { dontKnow: 10, refused: 5, blank: 5, notApplicable: 20 }),
      item('B', 95, { blank: 5 }),
    ])
    const quality = waveQuality({ blocks: [total] }, kindOf)
    expect(quality.nonresponsePercent).to.equal(12.5)
    expect(quality.worstItems.map(({ line, percent, askedCount }) => [line.code, percent, askedCount])).to.deep.equal([
      ['A', 20, 100],
      ['B', 5, 100],
    ])
    expect([quality.completionPercent, quality.neutralPercent, quality.bestPercent]).to.deep.equal([90, 40, 20])
  })

  it('names a unit far above the others of its kind, with the difference and both bases', () => {
    const units = [
      ['a', 55],
      ['b', 20],
      ['c', 25],
      ['s1', 58],
    ] as const
    const blocks = units.map(([uid, best]) => block('unit', uid, [overall(best, 100)]))
    const quality = waveQuality({ blocks: [block('total', 'city', [overall(30, 400)]), ...blocks] }, kindOf)
    // The department has no likes, so that three were compared; 55 against (20 + 25) / 2.
    expect(quality.comparedCount).to.equal(3)
    expect(quality.oddUnits.map(({ unitUid, base, othersBase }) => [unitUid, base, othersBase])).to.deep.equal([
      ['a', 100, 200],
    ])
    const [odd] = quality.oddUnits
    expect(odd!.othersPercent).to.be.closeTo(22.5, 1e-9)
    expect(odd!.difference.points).to.be.closeTo(32.5, 1e-9)
    expect(odd!.difference.lowPoints).to.be.greaterThan(15).and.lessThan(32.5)
  })

  it('names none that chance may have put there: p 0.047 is 0.14 among three', () => {
    // 50 against 38 of 200: pooled 0.42, standard error 0.0604, z 1.985.
    const blocks = [
      ['a', 50],
      ['b', 38],
      ['c', 38],
    ].map(([uid, best]) => block('unit', String(uid), [overall(Number(best), 100)]))
    expect(waveQuality({ blocks: [block('total', 'city', []), ...blocks] }, kindOf).oddUnits).to.deep.equal([])
  })

  it('names none for a difference of no use, however sure', () => {
    const blocks = [
      ['a', 29],
      ['b', 20],
      ['c', 20],
    ].map(([uid, best]) => block('unit', String(uid), [overall(Number(best), 100_000)]))
    expect(waveQuality({ blocks: [block('total', 'city', []), ...blocks] }, kindOf).oddUnits).to.deep.equal([])
  })

  it('takes no figure that is hidden, on either side, and counts who said nothing', () => {
    const hidden = { line: { level: 'overall', code: 'overall' }, estimate: { kind: 'suppressed', reason: 'minimum' } }
    const blocks = [
      block('total', 'city', [hidden], 0, 0),
      block('unit', 'a', [overall(55, 100)]),
      block('unit', 'b', [hidden]),
      block('unit', 'c', [hidden], 0, 0),
    ]
    const quality = waveQuality({ blocks }, kindOf)
    expect([quality.comparedCount, quality.oddUnits.length]).to.deep.equal([0, 0])
    expect([quality.unitCount, quality.silentCount]).to.deep.equal([3, 1])
    expect([quality.completionPercent, quality.neutralPercent, quality.nonresponsePercent]).to.deep.equal([
      null,
      null,
      null,
    ])
  })
})
