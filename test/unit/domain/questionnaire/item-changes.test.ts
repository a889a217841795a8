import { expect } from 'chai'
import { compareVersions } from '../../../../server/domain/questionnaire/compare-versions.js'
import type { Item, Questionnaire } from '../../../../server/domain/questionnaire/definition.js'
import { diffVersions } from '../../../../server/domain/questionnaire/diff-versions.js'
import { itemChanges } from '../../../../server/domain/questionnaire/item-changes.js'
import { partChanges } from '../../../../server/domain/questionnaire/part-changes.js'
import { smallQuestionnaire } from '../../../support/small-questionnaire.js'
import { rating, tinyQuestionnaire } from '../../../support/tiny-questionnaire.js'

const both = (words: string) => ({ vi: words, en: words })
const small = smallQuestionnaire()

/** The short form with some items exchanged. */
const withItems = (change: (item: Item) => Item): Questionnaire => ({
  ...small,
  sections: small.sections.map((section) => ({ ...section, items: section.items.map(change) })),
})
const changesOf = (newer: Questionnaire, code: string) =>
  itemChanges(small, newer).find((one) => one.code === code)?.changes

describe('changes of questions in detail', () => {
  it('name the language whose words changed', () => {
    const newer = withItems((item) =>
      item.code === 'S3' ? { ...item, text: { ...item.text, en: 'Was it a procedure?' }, hint: both('Năm nay') } : item,
    )
    expect(changesOf(newer, 'S3')).to.deep.equal([
      { facet: 'reworded', part: 'text', language: 'en', before: 'Any procedure?', after: 'Was it a procedure?' },
      { facet: 'reworded', part: 'hint', language: 'vi', before: '', after: 'Năm nay' },
      { facet: 'reworded', part: 'hint', language: 'en', before: '', after: 'Năm nay' },
    ])
  })

  it('tell answers that came, went or mean something else, and their order', () => {
    const newer = withItems((item) => {
      if (item.kind !== 'multi') return item
      const [first, second] = item.options
      return { ...item, options: [second!, { ...first!, label: both('Khác') }, { code: 9, label: both('Chín') }] }
    })
    expect(changesOf(newer, 'H6')).to.deep.equal([
      {
        facet: 'rescaled',
        part: 'option',
        code: 1,
        before: { vi: 'Việc 1', en: 'Thing 1' },
        after: both('Khác'),
      },
      { facet: 'rescaled', part: 'option', code: 3, before: { vi: 'Việc 3', en: 'Thing 3' }, after: null },
      { facet: 'rescaled', part: 'option', code: 9, before: null, after: both('Chín') },
      { facet: 'rescaled', part: 'order', before: '[1,2,3]', after: '[2,1,9]' },
    ])
  })

  it('tell ages, limits and who is asked', () => {
    const newer = withItems((item) => {
      if (item.kind === 'year')
        return { ...item, bands: item.bands!.map((band) => (band.code === 1 ? { ...band, toAge: 33 } : band)) }
      if (item.kind === 'text') return { ...item, maxLength: 200, required: true }
      return item.code === 'E3' ? rating('E3', { required: true, showIf: { item: 'E0', in: [2] } }) : item
    })
    expect(changesOf(newer, 'S2')).to.deep.equal([
      { facet: 'rescaled', part: 'ages', before: '[[18,34],[35,null]]', after: '[[18,33],[35,null]]' },
    ])
    expect(changesOf(newer, 'H7')).to.deep.equal([
      { facet: 'rescaled', part: 'maxLength', before: '100', after: '200' },
      { facet: 'other', part: 'required', before: 'false', after: 'true' },
    ])
    expect(changesOf(newer, 'E3')).to.deep.equal([
      { facet: 'rerouted', before: [{ item: 'E0', in: [1] }], after: [{ item: 'E0', in: [2] }] },
    ])
  })

  it('name the same items and facets as the short comparison, whatever changed', () => {
    const tweaks: readonly ((item: Item) => Item)[] = [
      (item) => ({ ...item, required: !item.required }),
      (item) => ({ ...item, criteria: ['TC9'] }),
      (item) => ({ ...item, text: both(`${item.code}?`) }),
      (item) => ({ ...item, showIf: { context: 'mode', in: ['kiosk'] } }),
      (item) => (item.kind === 'rating' ? { ...item, isReversed: !item.isReversed } : item),
      (item) => (item.kind === 'rating' ? { ...item, scale: 'other' } : item),
      (item) => (item.kind === 'choice' ? { ...item, stopsAt: [1] } : item),
      (item) => (item.kind === 'unit' ? { ...item, unitKinds: ['so'] } : item),
      (item) =>
        item.kind === 'choice'
          ? { ...item, options: item.options.map((option) => ({ ...option, about: 'C1' })) }
          : item,
      (item) =>
        item.kind === 'year' ? { ...item, bands: item.bands!.map((band) => ({ ...band, label: both('x') })) } : item,
      (item) => (item.kind === 'text' ? rating(item.code) : item),
      ({ hint: _, ...item }) => item as Item,
    ]
    for (const tweak of tweaks) {
      const newer = withItems(tweak)
      const facets = itemChanges(small, newer).map(({ code, changes }) => [
        code,
        [...new Set(changes.map(({ facet }) => facet))].sort().join(),
      ])
      const expected = diffVersions(small, newer).items.map(({ code, changes }) => [code, changes.toSorted().join()])
      expect(facets, tweak.toString()).to.deep.equal(expected)
    }
  })

  it('see a new word on the scale in every question on it', () => {
    const older = tinyQuestionnaire()
    const { satisfaction } = older.scales
    const newer = tinyQuestionnaire({ scales: { satisfaction: { ...satisfaction!, dontKnow: both('Chưa rõ') } } })
    const changes = itemChanges(older, newer)
    expect(changes).to.have.lengthOf(8)
    expect(changes[0]).to.deep.equal({
      code: 'C1',
      changes: [
        {
          facet: 'rescaled',
          part: 'dontKnow',
          before: '{"en":"Do not know","vi":"Do not know"}',
          after: '{"en":"Chưa rõ","vi":"Chưa rõ"}',
        },
      ],
    })
  })
})

describe('changes outside the questions', () => {
  it('name the part with what it was and is, and whole factors and sections once', () => {
    const [all] = tinyQuestionnaire().sections
    const [first, , module] = tinyQuestionnaire().factors
    const newer = tinyQuestionnaire({
      consent: { ...tinyQuestionnaire().consent, version: 'c2' },
      sections: [
        { ...all!, lead: both('Nhớ lại lần gần nhất') },
        { code: 'more', title: both('More'), items: [] },
      ],
      factors: [{ ...first!, items: ['C1', 'C2'] }, module!],
      minCoreShare: 0.9,
    })
    expect(partChanges(tinyQuestionnaire(), newer)).to.deep.equal([
      { part: 'minCoreShare', before: '0.8', after: '0.9' },
      { part: 'consent.version', before: '"c1"', after: '"c2"' },
      { part: 'factor.F1.items', before: '["C1","C2","C3"]', after: '["C1","C2"]' },
      { part: 'factor.F2', before: '"F2"', after: null },
      { part: 'section.all.lead', before: null, after: '{"en":"Nhớ lại lần gần nhất","vi":"Nhớ lại lần gần nhất"}' },
      { part: 'section.more', before: null, after: '"more"' },
    ])
    expect(partChanges(newer, newer)).to.deep.equal([])
  })
})

describe('the order of versions', () => {
  it('is by year and number, not by letters', () => {
    expect(['2026.10', '2026.9', '2025.12', '2026.9'].toSorted(compareVersions)).to.deep.equal([
      '2025.12',
      '2026.9',
      '2026.9',
      '2026.10',
    ])
  })
})
