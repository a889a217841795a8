import { expect } from 'chai'
import type { Questionnaire } from '../../../../server/domain/questionnaire/definition.js'
import { compareLines } from '../../../../server/domain/series/compare-lines.js'
import { rating, tinyQuestionnaire } from '../../../support/tiny-questionnaire.js'

const older = tinyQuestionnaire()
const [F1, F2, MOD] = older.factors
const [all] = older.sections

const told = (newer: Questionnaire) =>
  compareLines(older, newer)
    .filter(({ verdict }) => verdict !== 'continues')
    .map(({ line, rules, verdict, items }) => [
      `${line.level} ${line.code}`,
      verdict,
      rules.join(' '),
      items.map(({ code, changes }) => `${code} ${changes.join(' ')}`).join(', '),
    ])
const EVERY = 'mean_of_children pooled single_item'
const COMPOSED = 'mean_of_children pooled'

describe('what a new version does to the series', () => {
  it('is nothing when order, routing and consent change alone', () => {
    const items = [...all!.items]
      .reverse()
      .map((item) => ({ ...item, showIf: { context: 'mode', in: ['web'] } }) as const)
    const newer = tinyQuestionnaire({ sections: [{ ...all!, items }], minCoreShare: 0.5 })
    expect(told(newer)).to.deep.equal([])
    // The index; two factors, a module and their seven criteria; the overall item: 12 lines, of which F1 and the module stand on no item
    // of their own, and the index and F2 under the rule of single items on another one.
    expect(compareLines(older, newer)).to.have.lengthOf(12)
  })

  it('breaks the lines of a reworded question, each under the rules that use it', () => {
    const items = all!.items.map((item) =>
      item.code === 'C4' ? rating('C4', { text: { vi: 'Khác', en: 'Other' } }) : item,
    )
    expect(told(tinyQuestionnaire({ sections: [{ ...all!, items }] }))).to.deep.equal([
      ['overall overall', 'breaks', COMPOSED, 'C4 reworded'],
      ['factor F2', 'breaks', EVERY, 'C4 reworded'],
      ['criterion C4', 'breaks', EVERY, 'C4 reworded'],
    ])
  })

  it('tells a factor that comes from one that goes, and a question that counts elsewhere', () => {
    const newer = tinyQuestionnaire({
      factors: [
        { ...F1!, items: ['C1', 'C2', 'C3', 'C4'] },
        { ...F2!, code: 'F3', items: ['C5'], singleItem: 'C5' },
        MOD!,
      ],
    })
    expect(told(newer)).to.deep.equal([
      ['overall overall', 'breaks', 'mean_of_children', 'C4 regrouped, C5 regrouped'],
      ['factor F1', 'breaks', COMPOSED, 'C4 added'],
      ['factor F3', 'begins', EVERY, ''],
      ['factor F2', 'ends', EVERY, ''],
    ])
  })
})
