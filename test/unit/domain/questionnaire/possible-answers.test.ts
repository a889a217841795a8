import { expect } from 'chai'
import { checkItems } from '../../../../server/domain/questionnaire/check-items.js'
import type { Item, YearItem } from '../../../../server/domain/questionnaire/definition.js'
import { distinctAnswers, possibleCodes } from '../../../../server/domain/questionnaire/possible-answers.js'
import { readYear } from '../../../../server/domain/questionnaire/read-year.js'
import { rating, tinyQuestionnaire } from '../../../support/tiny-questionnaire.js'

const { scales } = tinyQuestionnaire()
const words = { vi: 'Chữ', en: 'Words' }
const label = words
const base = { text: words, required: true }
const founded: YearItem = { ...base, kind: 'year', code: 'V4', earliest: 1900 }
const banded: YearItem = {
  ...founded,
  bands: [
    { code: 1, fromAge: 0, toAge: 4, label },
    { code: 2, fromAge: 5, toAge: null, label },
  ],
}

describe('the codes an item can store', () => {
  it('are the scale, what is offered beside it, and blank where that is allowed', () => {
    expect(possibleCodes(rating('R'), scales)).to.deep.equal([1, 2, 3, 4, 5, 96, 97, 99])
    const strict = rating('R', { required: true, allowsNotApplicable: false, allowsDontKnow: false })
    expect(possibleCodes(strict, scales)).to.deep.equal([1, 2, 3, 4, 5])
    expect(possibleCodes(banded, scales)).to.deep.equal([1, 2])
    expect(possibleCodes({ ...banded, required: false }, scales)).to.deep.equal([1, 2, 99])
  })

  it('are none to compare for years, texts and units', () => {
    const text: Item = { ...base, kind: 'text', code: 'T', maxLength: 9 }
    expect([founded, text].map((item) => possibleCodes(item, scales))).to.deep.equal([undefined, undefined])
    expect(distinctAnswers(text, new Set([1]), scales)).to.deep.equal([undefined])
  })

  it('are as many as conditions tell apart: those mentioned and one for the rest', () => {
    expect(distinctAnswers(rating('R'), new Set([4, 5, 8]), scales)).to.deep.equal([4, 5, 1])
  })
})

describe('reading a year', () => {
  it('keeps the year itself where there are no bands, and a band as it is', () => {
    expect(readYear(founded, 2019, '2026-04-01')).to.deep.equal({ kind: 'answer', answer: 2019 })
    expect(readYear(banded, 2019, '2026-04-01')).to.deep.equal({ kind: 'answer', answer: 2 })
    expect(readYear(banded, 2022, '2026-04-01')).to.deep.equal({ kind: 'answer', answer: 1 })
    expect(readYear(banded, 1, '2026-04-01')).to.deep.equal({ kind: 'answer', answer: 1 })
  })

  it('refuses an age that no band covers', () => {
    const gap = { ...banded, bands: banded.bands?.slice(1) ?? [] }
    expect(readYear(gap, 2024, '2026-04-01')).to.deep.include({ kind: 'error', code: 'out_of_range' })
  })
})

describe('checking items', () => {
  it('finds scales that do not run from 1 to 5 and maxima beyond what is offered', () => {
    const reversed = [...(scales.satisfaction?.options ?? [])].reverse()
    const options = [1, 2].map((code) => ({ code, label }))
    const wishes: Item = { ...base, kind: 'multi', code: 'H6', maxChoices: 3, options }
    const blank: Item = { ...base, kind: 'choice', code: 'X', options: [...options, { code: 99, label, about: 'ZZ' }] }
    const faulty = tinyQuestionnaire({ scales: { satisfaction: { ...scales.satisfaction!, options: reversed } } }, [
      wishes,
      blank,
    ])
    expect(checkItems(faulty).map(({ code }) => code)).to.deep.equal([
      'scale_codes',
      'too_many_choices',
      'reserved_code',
      'unknown_item',
    ])
  })
})
