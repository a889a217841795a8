import { expect } from 'chai'
import { checkQuestionnaire } from '../../../../server/domain/questionnaire/check-questionnaire.js'
import type { Condition, Item, Questionnaire, Section } from '../../../../server/domain/questionnaire/definition.js'
import { projectQuestionnaire } from '../../../support/project-files.js'
import { rating, tinyQuestionnaire } from '../../../support/tiny-questionnaire.js'

const words = (text: string) => ({ vi: text, en: text })
const options = (...codes: number[]) => codes.map((code) => ({ code, label: words(`Option ${code}`) }))
const choice = (code: string, more: Partial<Extract<Item, { kind: 'choice' }>> = {}): Item => ({
  kind: 'choice',
  code,
  text: words(code),
  required: true,
  options: options(1, 2),
  ...more,
})
const section = (code: string, items: readonly Item[], showIf?: Condition): Section => ({
  code,
  title: words(code),
  items,
  ...(showIf && { showIf }),
})

/** The tiny questionnaire, which has no fault, with more sections behind. */
function withSections(...sections: readonly Section[]): Questionnaire {
  const tiny = tinyQuestionnaire()
  return { ...tiny, sections: [...tiny.sections, ...sections] }
}

const found = (questionnaire: Questionnaire) =>
  checkQuestionnaire(questionnaire).map(({ code, path }) => `${code} ${path.join('.')}`)

describe('checking a questionnaire', () => {
  it('finds no fault in those of the project', () => {
    expect(
      (['citizen', 'business', 'counter'] as const).flatMap((name) => found(projectQuestionnaire(name))),
    ).to.deep.equal([])
  })

  it('finds missing translations wherever a person reads', () => {
    const tiny = tinyQuestionnaire({ title: { vi: 'Phiếu', en: ' ' } })
    expect(found({ ...tiny, consent: { ...tiny.consent, paragraphs: [{ vi: '', en: 'Text' }] } })).to.deep.equal([
      'missing_translation title.en',
      'missing_translation consent.paragraphs.0.vi',
    ])
  })

  it('finds texts that are not composed', () => {
    expect(found(tinyQuestionnaire({ title: { vi: 'Phie\u0302\u0301u', en: 'Form' } }))).to.deep.equal([
      'not_nfc title.vi',
    ])
  })

  it('finds codes used twice', () => {
    const doubled = withSections(
      section('more', [rating('C1'), choice('X1', { options: options(1, 2, 1) })]),
      section('more', [choice('X2')]),
    )
    expect(found(doubled)).to.deep.equal([
      'duplicate_code sections.2.code',
      'duplicate_code sections.1.items.0.code',
      'duplicate_code sections.1.items.1.options.2.code',
    ])
  })

  it('finds references to nothing', () => {
    const faulty = withSections(
      section('more', [rating('X1', { scale: 'none' }), choice('X2', { stopsAt: [3] })], { item: 'ZZ', in: [1] }),
    )
    expect(found({ ...faulty, coreItems: ['C1', 'YY'], overallItem: 'WW' })).to.deep.equal([
      'unknown_scale sections.1.items.0.scale',
      'unknown_code sections.1.items.1.stopsAt',
      'unknown_item overallItem',
      'unknown_item coreItems.1',
      'unknown_item sections.1.showIf',
    ])
  })

  it('finds factors that cannot be scored, and items that would count twice', () => {
    const faulty = withSections(section('more', [choice('X1')]))
    const factors = [
      { code: 'F1', name: words('F1'), role: 'index' as const, items: ['C1', 'X1'] },
      { code: 'F1', name: words('F2'), role: 'index' as const, items: ['C1'], singleItem: 'X1' },
    ]
    expect(found({ ...faulty, factors })).to.deep.equal([
      'not_rated factors.0.items.1',
      'duplicate_code factors.1.code',
      'not_rated factors.1.singleItem',
      'counted_twice factors.1.items.0',
    ])
  })

  it('finds conditions that look ahead, at themselves, or at items without codes', () => {
    const faulty = withSections(
      section('one', [choice('X1', { showIf: { item: 'X2', in: [1] } })]),
      section('two', [choice('X2', { showIf: { not: { item: 'X2', in: [1] } } })]),
      section('three', [{ kind: 'text', code: 'T1', text: words('T1'), required: false, maxLength: 9 }]),
      section('four', [choice('X3')], {
        any: [
          { item: 'T1', in: [1] },
          { item: 'X1', in: [1] },
        ],
      }),
    )
    expect(found(faulty)).to.deep.equal([
      'forward_reference sections.1.items.0.showIf',
      'forward_reference sections.2.items.0.showIf.not',
      'no_codes sections.4.showIf.any.0',
    ])
  })

  it('finds bands with gaps and reserved codes', () => {
    const band = (code: number, fromAge: number, toAge: number | null) => ({ code, fromAge, toAge, label: words('b') })
    const year = (bands: ReturnType<typeof band>[]): Item => ({
      kind: 'year',
      code: 'Y1',
      text: words('Y1'),
      required: true,
      earliest: 1900,
      minAgeYears: 18,
      bands,
    })
    const faults = (bands: ReturnType<typeof band>[]) => found(withSections(section('more', [year(bands)])))
    expect(faults([band(1, 18, 30), band(2, 31, null)])).to.deep.equal([])
    expect(faults([band(1, 18, 30), band(2, 32, null)])).to.deep.equal(['band_gap sections.1.items.0.bands.1'])
    expect(faults([band(1, 16, 30), band(99, 31, 60)])).to.deep.equal([
      'band_gap sections.1.items.0.bands.0',
      'band_gap sections.1.items.0.bands.1',
      'reserved_code sections.1.items.0.bands.1.code',
    ])
  })
})
