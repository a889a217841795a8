import { expect } from 'chai'
import type { Answers } from '../../../../server/domain/questionnaire/definition.js'
import { validateAnswers, validateSection } from '../../../../server/domain/questionnaire/validate-answers.js'
import { projectQuestionnaire } from '../../../support/project-files.js'
import { caseContext } from '../../../support/survey-cases.js'

const citizen = projectQuestionnaire('citizen')
const context = caseContext()
/** The least a citizen with a procedure must answer. */
const LEAST = { S1: 1, S3: 1, S2: 1980, G1: 4 }

const validate = (raw: Record<string, unknown>) => validateAnswers(citizen, raw, context)

function errorsOf(raw: Record<string, unknown>) {
  const outcome = validate({ ...LEAST, ...raw })
  return outcome.kind === 'invalid' ? outcome.errors.map(({ item, code }) => `${item} ${code}`) : outcome.kind
}

function answersOf(raw: Record<string, unknown>): Answers {
  const outcome = validate({ ...LEAST, ...raw })
  if (outcome.kind !== 'valid') throw new Error(JSON.stringify(outcome))
  return outcome.answers
}

describe('validating answers', () => {
  it('takes digits of a form and numbers of a program for the same code', () => {
    expect(answersOf({ A1: '4', A2: 4 })).to.include({ A1: 4, A2: 4 })
  })

  it('stores minus zero as zero', () => {
    expect(Object.is(answersOf({ H1: -0 }).H1, 0)).to.equal(true)
  })

  it('refuses everything that is neither', () => {
    for (const raw of [
      '04',
      ' 4',
      '4.0',
      '+4',
      '4 ',
      'four',
      4.5,
      -4,
      Number.NaN,
      Infinity,
      true,
      null,
      {},
      ['4'],
      [4],
    ]) {
      expect(errorsOf({ A1: raw }), JSON.stringify(raw)).to.deep.equal(['A1 wrong_type'])
    }
  })

  it('refuses codes that the scale does not have, and N/A and don’t know where the item does not offer them', () => {
    expect(errorsOf({ A1: 0, A2: 6, A3: 98, B1: 96, B2: 97 })).to.deep.equal([
      'A1 unknown_code',
      'A2 unknown_code',
      'A3 unknown_code',
      'B1 unknown_code',
      'B2 unknown_code',
    ])
    expect(answersOf({ A1: 96 }).A1).to.equal(96)
  })

  it('stores a blank as 99, several choices as an empty list, and no entry for what was not asked', () => {
    const answers = answersOf({ A1: '', B1: undefined, A2: 99 })
    expect(answers).to.include({ A1: 99, A2: 99, B1: 99, P1: 99 })
    expect(answers.H6).to.deep.equal([])
    expect(answers).to.not.have.any.keys('E3', 'F1', 'H3', 'PL1_KT', 'H7', 'P5', 'S4', 'S5')
  })

  it('names each required item that is missing', () => {
    const outcome = validate({ S1: 1, S3: 1 })
    expect(outcome).to.deep.equal({
      kind: 'invalid',
      errors: [
        { item: 'S2', code: 'required', params: {} },
        { item: 'G1', code: 'required', params: {} },
      ],
    })
  })

  it('ends the case when consent is refused, whatever else is wrong', () => {
    expect(validate({ S1: '2', A1: 'x' })).to.deep.equal({ kind: 'stopped', item: 'S1', reason: 'no_consent' })
  })

  it('ends the case of a person under 18', () => {
    expect(validate({ ...LEAST, S2: 2009 })).to.deep.equal({ kind: 'stopped', item: 'S2', reason: 'under_age' })
    expect(answersOf({ S2: 2008 }).S2).to.equal(1)
  })

  it('stores the age band of methodology 1.7 and never the year', () => {
    // Interview in 2026: born 2008 is 18, 2001 is 25, 1991 is 35, 1976 is 50, 1966 is 60, 1965 is 61.
    const years = ['2008', '2002', '2001', '1992', '1991', '1977', '1976', '1966', '1965', '1905']
    expect(years.map((year) => answersOf({ S2: year }).S2)).to.deep.equal([1, 1, 2, 2, 3, 3, 4, 4, 5, 5])
  })

  it('refuses years nobody alive was born in and years to come', () => {
    expect(errorsOf({ S2: 1904 })).to.deep.equal(['S2 out_of_range'])
    expect(errorsOf({ S2: 2027 })).to.deep.equal(['S2 out_of_range'])
    expect(errorsOf({ S2: 6 })).to.deep.equal(['S2 out_of_range'])
  })

  it('takes several choices in any order, at most three, none twice', () => {
    expect(answersOf({ H6: ['5', 1, '12'] }).H6).to.deep.equal([1, 5, 12])
    expect(answersOf({ H6: '7' }).H6).to.deep.equal([7])
    expect(errorsOf({ H6: [1, 2, 3, 4] })).to.deep.equal(['H6 too_many'])
    expect(errorsOf({ H6: [1, '1'] })).to.deep.equal(['H6 repeated_choice'])
    expect(errorsOf({ H6: [1, 26] })).to.deep.equal(['H6 unknown_code'])
    expect(errorsOf({ H6: [[1]] })).to.deep.equal(['H6 wrong_type'])
  })

  it('stores texts trimmed, composed, with plain line ends', () => {
    expect(answersOf({ H7: '  Ca\u0301m o\u031bn\r\nnhiều \n' }).H7).to.equal('Cám ơn\nnhiều')
    expect(answersOf({ H7: ' \n ' })).to.not.have.property('H7')
  })

  it('counts a letter with its marks once', () => {
    expect(answersOf({ H7: 'e\u0302\u0301'.repeat(1000) }).H7).to.equal('ế'.repeat(1000))
    expect(errorsOf({ H7: 'ế'.repeat(1001) })).to.deep.equal(['H7 too_long'])
    expect(answersOf({ H7: '😀'.repeat(1000) }).H7).to.have.lengthOf(2000)
  })

  it('refuses texts that are no texts', () => {
    expect(errorsOf({ H7: 'a\u0000b' })).to.deep.equal(['H7 control_characters'])
    expect(errorsOf({ H7: 'a\u202eb' })).to.deep.equal(['H7 control_characters'])
    expect(errorsOf({ H7: 'a\ud83d' })).to.deep.equal(['H7 invalid_unicode'])
    expect(errorsOf({ H7: 5 })).to.deep.equal(['H7 wrong_type'])
    expect(errorsOf({ H7: ['a'] })).to.deep.equal(['H7 wrong_type'])
  })

  it('asks the registry about units', () => {
    expect(answersOf({ P5: 'p-ben-thanh' }).P5).to.equal('p-ben-thanh')
    expect(errorsOf({ P5: 'so-y-te' })).to.deep.equal(['P5 unknown_unit'])
    expect(errorsOf({ P5: 760 })).to.deep.equal(['P5 wrong_type'])
  })

  it('refuses answers to what is not asked, items filled from the link among them', () => {
    expect(errorsOf({ E0: 2, E3: 4, S4: 'HT', F1: 3 })).to.deep.equal(['S4 not_asked', 'E3 not_asked', 'F1 not_asked'])
  })

  it('does not complain twice about one mistake in a filter', () => {
    expect(errorsOf({ E0: 7, E3: 4 })).to.deep.equal(['E0 unknown_code'])
    expect(validate({ S1: 1, S2: 1980, S3: 'x', G1: 4, A1: 3 })).to.deep.include({ kind: 'invalid' })
  })

  it('drops hidden answers when a whole form is posted from one page', () => {
    const outcome = validateAnswers(citizen, { ...LEAST, E0: 2, E3: 4 }, context, { whenHidden: 'drop' })
    expect(outcome.kind === 'valid' && outcome.answers).to.not.have.property('E3')
  })

  it('names unknown items, shortened, and keys of the prototype are nothing special', () => {
    const raw: Record<string, unknown> = JSON.parse('{"__proto__": {"A1": 4}, "constructor": 1, "toString": 2}')
    expect(errorsOf({ ...raw, ['Z'.repeat(500)]: 1 })).to.deep.equal([
      '__proto__ unknown_item',
      'constructor unknown_item',
      'toString unknown_item',
      `${'Z'.repeat(64)} unknown_item`,
    ])
    const outcome = validate(JSON.parse('{"S1":1,"S3":1,"S2":1980,"G1":4,"__proto__":{"A1":4}}'))
    expect(outcome).to.deep.equal({
      kind: 'invalid',
      errors: [{ item: '__proto__', code: 'unknown_item', params: {} }],
    })
  })
})

describe('validating one page', () => {
  const soFar: Answers = { S1: 1, S3: 1, S2: 3, S6: 2, E0: 1, E3: 4, F1: 5, G1: 4 }

  it('merges the page into the answers so far and keeps later pages', () => {
    const outcome = validateSection(citizen, 'FILE', { S6: '2', S7: '1' }, soFar, context)
    expect(outcome).to.deep.equal({ kind: 'valid', answers: { ...soFar, S7: 1 } })
  })

  it('drops answers that a change of mind hides', () => {
    const outcome = validateSection(citizen, 'FEEDBACK', { E1: '4', E0: '2' }, soFar, context)
    expect(outcome.kind === 'valid' && outcome.answers).to.deep.equal({
      S1: 1,
      S3: 1,
      S2: 3,
      S6: 2,
      E1: 4,
      E2: 99,
      E0: 2,
      F1: 5,
      G1: 4,
    })
  })

  it('drops a value for an item of the page that is hidden', () => {
    const outcome = validateSection(citizen, 'ONLINE', { F1: '5', F2: '3' }, { ...soFar, S6: 1 }, context)
    expect(outcome.kind === 'valid' && outcome.answers)
      .to.include({ F2: 3 })
      .and.not.have.property('F1')
  })

  it('refuses fields of other pages and reports the page’s own faults', () => {
    const outcome = validateSection(citizen, 'OVERALL', { G2: '9', A1: '4', ZZ: '1' }, soFar, context)
    expect(outcome).to.deep.equal({
      kind: 'invalid',
      errors: [
        { item: 'G1', code: 'required', params: {} },
        { item: 'G2', code: 'unknown_code', params: {} },
        { item: 'A1', code: 'not_asked', params: {} },
        { item: 'ZZ', code: 'unknown_item', params: {} },
      ],
    })
  })

  it('ends the case on the page where it ends', () => {
    const outcome = validateSection(citizen, 'SCREENING', { S3: '1', S2: '2015' }, { S1: 1 }, context)
    expect(outcome).to.deep.equal({ kind: 'stopped', item: 'S2', reason: 'under_age' })
  })

  it('cannot be asked about a page that is not there', () => {
    expect(() => validateSection(citizen, 'NOWHERE', {}, {}, context)).to.throw(RangeError, 'NOWHERE')
  })
})
