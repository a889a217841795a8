import { expect } from 'chai'
import {
  type FormStep,
  firstPage,
  formSections,
  goBack,
  goOn,
  pageOfErrors,
  progressOf,
  stay,
} from '../../../../server/features/responses/form-flow.js'
import { AT_START, AT_WHOLE_FORM, type FormState } from '../../../../server/features/responses/form-state.js'
import { smallRegistry } from '../../../support/small-city.js'
import { smallQuestionnaire } from '../../../support/small-questionnaire.js'

const form = {
  questionnaire: smallQuestionnaire(),
  context: {
    mode: 'web',
    unitUid: 'phuong-sai-gon',
    unitKind: 'phuong',
    service: 'HT',
    on: '2026-02-10',
    isUnit: (uid: string) => smallRegistry.byUid(uid) !== undefined,
  },
} as const

const state = (at: string, fields: FormState['fields'] = {}, shown: readonly string[] = []): FormState => ({
  submissionId: 'x',
  waveId: 'w1',
  questionnaireHash: 'h',
  unitUid: 'phuong-sai-gon',
  service: 'HT',
  channel: 'link',
  month: '2026-01',
  consentVersion: 'c1',
  startedAtMs: 0,
  at,
  shown,
  fields,
})
const page = (step: FormStep) => {
  if (step.kind !== 'page') throw new Error(step.kind)
  return step
}
const ABOUT = { S2: '1980', S3: '1' }
const errorsOf = (step: FormStep) => page(step).errors.map(({ item, code }) => `${item} ${code}`)

describe('the way through the form', () => {
  it('begins after the consent, which is not asked twice', () => {
    const first = firstPage(form, state(AT_START), false)
    expect(first.state).to.deep.include({ at: 'about', shown: ['S2', 'S3'] })
    expect(formSections(form, ABOUT).flatMap(({ items }) => items.map(({ code }) => code))).to.not.include('S1')
  })

  it('goes on to the next page that is asked', () => {
    const goes = (S3: string) => page(goOn(form, state('about', {}, ['S2', 'S3']), { S2: '1980', S3 })).state.at
    expect(goes('1')).to.equal('staff')
    expect(goes('2')).to.equal('feedback')
  })

  it('stays with the mistakes, and with what was typed', () => {
    const step = page(goOn(form, state('about', {}, ['S2', 'S3']), { S2: 'abc' }))
    expect(errorsOf(step)).to.deep.equal(['S2 wrong_type', 'S3 required'])
    expect(step.state).to.deep.include({ at: 'about', fields: { S2: 'abc' } })
  })

  it('stops at an age under 18', () => {
    expect(goOn(form, state('about', {}, ['S2', 'S3']), { S2: '2012', S3: '1' })).to.deep.equal({
      kind: 'stopped',
      reason: 'under_age',
    })
  })

  it('forgets a field that was emptied or unticked', () => {
    const closing = state('closing', { ...ABOUT, H6: ['1'], H7: 'x' }, ['H6', 'H7', 'P5'])
    expect(page(stay(form, closing, { H7: '' })).state.fields).to.deep.equal(ABOUT)
  })

  it('keeps a faulty page when going back, and comes back to it as it was', () => {
    const staff = state('staff', ABOUT, ['C1', 'C2'])
    const back = page(goBack(form, staff, { C2: '96' }))
    expect(back.state.at).to.equal('about')
    expect(page(goOn(form, back.state, ABOUT)).state.fields).to.deep.equal({ ...ABOUT, C2: '96' })
  })

  it('holds a text that is too long until it is shortened, since it could not travel', () => {
    const closing = state('closing', { ...ABOUT }, ['H6', 'H7', 'P5'])
    expect(errorsOf(goBack(form, closing, { H7: 'x'.repeat(101) }))).to.deep.equal(['H7 too_long'])
  })

  it('goes back from the first page to the consent, from whichever view', () => {
    expect(goBack(form, state('about', {}, ['S2']), { S2: '1980' })).to.deep.include({ kind: 'start' })
    expect(goBack(form, state(AT_WHOLE_FORM), {})).to.deep.include({ kind: 'start' })
  })

  it('shows follow-ups before it goes on and blames only for what was seen', () => {
    const feedback = state('feedback', ABOUT, ['E0'])
    const again = page(goOn(form, feedback, { E0: '1' }))
    expect(again).to.deep.include({ followUps: ['E3'], errors: [] })
    expect(errorsOf(goOn(form, again.state, { E0: '1' }))).to.deep.equal(['E3 required'])
    expect(page(goOn(form, again.state, { E0: '1', E3: '4' })).state.at).to.equal('closing')
  })

  it('goes on without the follow-up when its filter is taken back', () => {
    const again = state('feedback', ABOUT, ['E0', 'E3'])
    expect(page(goOn(form, again, { E0: '2', E3: '4' })).state.at).to.equal('closing')
  })

  it('names fields that belong to no question of the page', () => {
    const staff = state('staff', ABOUT, ['C1', 'C2'])
    expect(errorsOf(goOn(form, staff, { C1: '4', E0: '1', ZZ: '1' }))).to.deep.equal([
      'E0 not_asked',
      'ZZ unknown_item',
    ])
  })

  it('is finished after the last page', () => {
    const closing = state('closing', { ...ABOUT, C1: '4', E0: '2' }, ['H6', 'H7', 'P5'])
    expect(goOn(form, closing, { H7: 'x' })).to.deep.include({ kind: 'finished' })
  })

  it('counts pages as the usual case has them, so that the total does not jump', () => {
    expect(progressOf(form, state('about'))).to.deep.equal({ step: 1, total: 4 })
    expect(progressOf(form, state('staff', ABOUT))).to.deep.equal({ step: 2, total: 4 })
    expect(progressOf(form, state('feedback', { ...ABOUT, S3: '2' }))).to.deep.equal({ step: 2, total: 3 })
  })

  it('leads to the page of the first mistake', () => {
    const errors = ['C1', 'E0'].map((item) => ({ item, code: 'required', params: {} }) as const)
    const step = pageOfErrors(form, state('closing', ABOUT), errors)
    expect([step.state.at, errorsOf(step)]).to.deep.equal(['staff', ['C1 required']])
  })
})
