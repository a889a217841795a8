import { expect } from 'chai'
import { diffVersions } from '../../../../server/domain/questionnaire/diff-versions.js'
import { rating, tinyQuestionnaire } from '../../../support/tiny-questionnaire.js'

const older = tinyQuestionnaire()
const [all] = older.sections
const items = all?.items ?? []
const withItems = (changed: typeof items) =>
  tinyQuestionnaire({ sections: [{ code: 'all', title: { vi: 'All', en: 'All' }, items: changed }] })

describe('comparing two versions', () => {
  it('finds nothing between equal ones', () => {
    expect(diffVersions(older, tinyQuestionnaire({ version: '1.1' }))).to.deep.equal({ items: [], parts: [] })
  })

  it('tells new wording from a new scale and new routing', () => {
    const newer = withItems(
      items.map((item) => {
        if (item.code === 'C1') return { ...item, text: { vi: item.text.vi, en: 'Other words' } }
        if (item.code === 'C2') return rating('C2', { allowsDontKnow: false })
        if (item.code === 'C3') return rating('C3', { showIf: { context: 'mode', in: ['web'] } })
        return item.code === 'C4' ? rating('C4', { required: true }) : item
      }),
    )
    expect(diffVersions(older, newer).items).to.deep.equal([
      { code: 'C1', changes: ['reworded'] },
      { code: 'C2', changes: ['rescaled'] },
      { code: 'C3', changes: ['rerouted'] },
      { code: 'C4', changes: ['other'] },
    ])
  })

  it('takes a new label on the scale for a new scale of every item on it', () => {
    const [scale] = Object.values(older.scales)
    const options = (scale?.options ?? []).map((option) =>
      option.code === 3 ? { ...option, label: { vi: 'Trung bình', en: 'Fair' } } : option,
    )
    const newer = tinyQuestionnaire({ scales: { satisfaction: { ...scale!, options } } })
    const { items: changed } = diffVersions(older, newer)
    expect(changed).to.have.lengthOf(items.length)
    expect(changed.every(({ changes }) => changes.join() === 'rescaled')).to.equal(true)
  })

  it('names items that came, went and moved, and parts that differ', () => {
    const [first, second, ...rest] = items
    const newer = { ...withItems([second!, first!, ...rest.slice(0, -1), rating('N1')]), minCoreShare: 0.9 }
    expect(diffVersions(older, newer)).to.deep.equal({
      items: [
        { code: 'C2', changes: ['moved'] },
        { code: 'C1', changes: ['moved'] },
        { code: 'N1', changes: ['added'] },
        { code: 'R1', changes: ['removed'] },
      ],
      parts: ['minCoreShare'],
    })
  })
})
