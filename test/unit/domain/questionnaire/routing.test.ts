import { expect } from 'chai'
import type { Answers } from '../../../../server/domain/questionnaire/definition.js'
import { pruneHidden, visibleItems, visibleSections } from '../../../../server/domain/questionnaire/routing.js'
import { projectQuestionnaire } from '../../../support/project-files.js'
import { caseContext } from '../../../support/survey-cases.js'

const citizen = projectQuestionnaire('citizen')
const business = projectQuestionnaire('business')

const codes = (answers: Answers, context = caseContext()) =>
  visibleItems(citizen, answers, context).map(({ code }) => code)
const ratedInBusiness = (context: Parameters<typeof caseContext>[0]) =>
  visibleItems(business, { S1: 1 }, caseContext(context)).filter(({ kind }) => kind === 'rating')

describe('routing the citizen questionnaire', () => {
  it('asks people without a procedure about policies only', () => {
    const sections = visibleSections(citizen, { S1: 1, S3: 2 }, caseContext()).map(({ code }) => code)
    expect(sections).to.deep.equal([
      'CONSENT',
      'SCREENING',
      ...['KT', 'YT', 'GD', 'TT', 'GT', 'DN', 'NS', 'AS'].map((group) => `POLICY_${group}`),
      'COMMENT',
      'ABOUT',
    ])
  })

  it('asks the 22 criteria of the index once feedback was sent, and offers policies at the end', () => {
    const asked = codes({ S1: 1, S3: 1, E0: 1 })
    const criteria = citizen.factors.filter(({ role }) => role === 'index').flatMap(({ items }) => items)
    expect(criteria).to.have.lengthOf(22)
    expect(asked).to.include.members(criteria).and.include('PL0').and.not.include('PL1_KT')
    expect(codes({ S1: 1, S3: 1, PL0: 1 })).to.include('PL4_AS')
  })

  it('asks about online filing and apologies only those concerned', () => {
    expect(codes({ S3: 1, S6: 1, H2: 2 }))
      .to.not.include.members(['F1'])
      .and.not.include('H3')
    expect(codes({ S3: 1, S6: 2, H2: 3 })).to.include.members(['F1', 'F2', 'H3'])
  })

  it('asks about payments only where respondents fill in the form themselves', () => {
    expect(codes({ S3: 1 }, caseContext({ mode: 'phone' })))
      .to.include('H4')
      .and.not.include('H5')
    expect(codes({ S3: 1 }, caseContext({ mode: 'kiosk' }))).to.include('H5')
  })

  it('takes an answer to a hidden item for none', () => {
    // E0 is hidden without a procedure, so that its answer cannot open the page behind it.
    expect(codes({ S3: 2, E0: 1 })).to.not.include('E3')
    expect(pruneHidden(citizen, { S3: 2, E0: 1, E3: 5, P1: 2 }, caseContext())).to.deep.equal({ S3: 2, P1: 2 })
  })

  it('never asks what the link tells', () => {
    expect(codes({ S3: 1 }))
      .to.not.include.members(['S4'])
      .and.not.include('S5')
  })
})

describe('routing the business questionnaire', () => {
  it('asks localities 26 rated items and departments 23', () => {
    expect(ratedInBusiness({ unitKind: 'phuong' })).to.have.lengthOf(26)
    const asked = ratedInBusiness({ unitKind: 'so' }).map(({ code }) => code)
    expect(asked).to.have.lengthOf(23).and.not.include.members(['L3'])
    expect(asked).to.not.include('Z1').and.not.include('Z2')
  })

  it('leaves informal payments out of interviews', () => {
    const asked = ratedInBusiness({ mode: 'face_to_face' }).map(({ code }) => code)
    expect(asked).to.have.lengthOf(23).and.not.include('K1')
  })
})
