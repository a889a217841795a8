import { expect } from 'chai'
import type { Answers } from '../../../../server/domain/questionnaire/definition.js'
import { dispositionOf } from '../../../../server/domain/questionnaire/disposition.js'
import { placedItems } from '../../../../server/domain/questionnaire/routing.js'
import { rating, tinyQuestionnaire } from '../../../support/tiny-questionnaire.js'

/** Core items C1 to C5, at least 80 % of those that apply. */
const tiny = tinyQuestionnaire()
const items = placedItems(tiny).map(({ item }) => item)
const of = (answers: Answers) => dispositionOf(tiny, items, answers)

describe('the disposition of a case', () => {
  it('is complete from four of five core items on', () => {
    expect(of({ C1: 1, C2: 2, C3: 3, C4: 4, C5: 99 })).to.equal('complete')
    expect(of({ C1: 1, C2: 2, C3: 3, C4: 99, C5: 99 })).to.equal('partial')
  })

  it('leaves items that do not apply out of the share', () => {
    // 3 of the 4 that apply are 75 %; 3 of 3 are all.
    expect(of({ C1: 1, C2: 2, C3: 3, C4: 99, C5: 96 })).to.equal('partial')
    expect(of({ C1: 1, C2: 2, C3: 3, C4: 96, C5: 96 })).to.equal('complete')
  })

  it('takes “don’t know” for an answer, a refusal or no entry for none', () => {
    expect(of({ C1: 97, C2: 97, C3: 97, C4: 97 })).to.equal('complete')
    expect(of({ C1: 1, C2: 2, C3: 3, C4: 98, C5: 98 })).to.equal('partial')
  })

  it('is partial when nothing applies', () => {
    expect(of({ C1: 96, C2: 96, C3: 96, C4: 96, C5: 96 })).to.equal('partial')
    expect(of({})).to.equal('partial')
  })

  it('goes by the rated items asked where no core item is', () => {
    const asked = [rating('X1'), rating('X2')]
    expect(dispositionOf(tiny, asked, { X1: 4, X2: 2 })).to.equal('complete')
    expect(dispositionOf(tiny, asked, { X1: 4, X2: 99 })).to.equal('partial')
  })
})
