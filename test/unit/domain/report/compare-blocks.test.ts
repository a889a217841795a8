import { expect } from 'chai'
import { type ComparedBlock, compareBlocks } from '../../../../server/domain/report/compare-blocks.js'
import type { IndexReport } from '../../../../server/domain/report/index-report.js'
import { goldenFile } from '../../../support/golden-file.js'
import { part, responses, unitReport } from '../../../support/report-data.js'
import { tinyQuestionnaire } from '../../../support/tiny-questionnaire.js'

type TwoWave = Readonly<Record<'diff_pp' | 'z_pooled', number>> & { readonly newcombe_ci: readonly number[] }
const { H1_two_wave: H1 } = goldenFile<{ H1_two_wave: TwoWave }>('statistics-acceptance.json')
const RULE = 'mean_of_children'
const questionnaire = tinyQuestionnaire()
/** H1 of the worked examples: 75 % of 400 and 82.5 % of 400. */
const report = unitReport(
  [
    part('q1', responses(400, 300)),
    part('q3', responses(400, 330)),
    part('q5', responses(400, 304)),
    part('q7', responses(8, 4)),
  ],
  { q1: 'city', q3: 'city', q5: 'city', q7: 'city' },
)
const blockOf = (from: IndexReport, uid: string) =>
  from.blocks.find(({ group }) => group.scope === 'unit' && group.unitUid === uid)!
const side = (uid: string, more: Partial<ComparedBlock> = {}): ComparedBlock => ({
  block: blockOf(report, uid),
  questionnaire,
  opensOn: '2026-01-01',
  ...more,
})
const lineOf = (rows: ReturnType<typeof compareBlocks>, code: string) => rows.find(({ line }) => line.code === code)!

describe('two blocks beside each other', () => {
  it('differ as acceptance value H1 says, criterion by criterion', () => {
    const { change, why } = lineOf(compareBlocks(side('q1'), side('q3'), RULE), 'C1')
    expect(why).to.equal(null)
    const { diff_pp, z_pooled, newcombe_ci } = H1
    expect(change!.points).to.be.closeTo(diff_pp, 1e-9)
    expect(change!.z).to.be.closeTo(z_pooled, 1e-9)
    expect([change!.lowPoints, change!.highPoints].map((bound, i) => bound - newcombe_ci[i]!)).to.satisfy(
      (gaps: readonly number[]) => gaps.every((gap) => Math.abs(gap) < 1e-9),
    )
  })

  it('are tested together: Holm over every line that is compared', () => {
    const rows = compareBlocks(side('q1'), side('q3'), RULE)
    const compared = rows.filter(({ change }) => change !== null)
    const smallest = Math.min(...compared.map(({ change }) => change!.p))
    const { change } = compared.find((row) => row.change!.p === smallest)!
    expect(change!.adjustedP).to.be.closeTo(Math.min(1, smallest * compared.length), 1e-12)
    // 76 % against 75 % of 400 is no more than noise on any line.
    const calm = compareBlocks(side('q1'), side('q5'), RULE).flatMap(({ change: one }) =>
      one === null ? [] : [one.verdict],
    )
    expect(new Set(calm)).to.deep.equal(new Set(['noise']))
  })

  it('say nothing of a side that is hidden', () => {
    const rows = compareBlocks(side('q1'), side('q7'), RULE)
    expect(rows.every(({ change }) => change === null)).to.equal(true)
    expect(lineOf(rows, 'C1').why).to.deep.equal({ kind: 'no_figure' })
  })

  it('are not compared on a line whose question was reworded, nor on what stands on it', () => {
    const sections = questionnaire.sections.map((section) => ({
      ...section,
      items: section.items.map((item) =>
        item.code === 'C1' ? { ...item, text: { vi: 'Câu khác', en: 'Other words' } } : item,
      ),
    }))
    const rows = compareBlocks(side('q1'), side('q3', { questionnaire: { ...questionnaire, sections } }), RULE)
    expect(lineOf(rows, 'C1').why).to.deep.equal({
      kind: 'instrument',
      items: [{ code: 'C1', changes: ['reworded'] }],
    })
    expect(lineOf(rows, 'F1').change).to.equal(null)
    expect(lineOf(rows, 'C2').change).to.not.equal(null)
  })

  it('name what only one of them was asked', () => {
    const cells = blockOf(report, 'q1').cells.filter(({ line }) => line.code !== 'C5')
    const rows = compareBlocks(side('q1', { block: { ...blockOf(report, 'q1'), cells } }), side('q3'), RULE)
    expect(lineOf(rows, 'C5')).to.deep.include({ first: null, change: null, why: { kind: 'not_asked' } })
  })
})
