import { expect } from 'chai'
import type { AnswerError } from '../../../../server/domain/questionnaire/answer-error.js'
import type { Item } from '../../../../server/domain/questionnaire/definition.js'
import { toErrorSummary } from '../../../../server/features/responses/form.view.js'
import { toClosedView, toUnitNotValidView } from '../../../../server/features/responses/notice.view.js'
import { formHref, type PageContext, writeDay, writeMonth } from '../../../../server/features/responses/page-context.js'
import { errorSentence, toQuestionView } from '../../../../server/features/responses/question.view.js'
import { projectTexts } from '../../../support/project-files.js'
import { smallQuestionnaire } from '../../../support/small-questionnaire.js'

const texts = projectTexts()
const context = (overrides: Partial<PageContext> = {}): PageContext => ({
  language: 'vi',
  t: texts.translator('vi'),
  chosenLanguage: null,
  respondentType: 'citizen',
  isWholeForm: false,
  isFromFinder: false,
  ...overrides,
})
const questionnaire = smallQuestionnaire()
const item = (code: string): Item => {
  const found = questionnaire.sections.flatMap(({ items }) => items).find((one) => one.code === code)
  if (found === undefined) throw new Error(code)
  return found
}
const question = (code: string, fields = {}, errors: readonly AnswerError[] = []) =>
  toQuestionView(context(), item(code), { questionnaire, fields, errors, followUps: [], unitsOf: () => [] })
const error = (item: string, code: AnswerError['code'], params = {}): AnswerError => ({ item, code, params })

describe('a question as drawn', () => {
  it('has the scale worst to best and what is no answer on it apart', () => {
    const view = question('C1', { C1: '96' })
    expect(view).to.include({ partial: 'question-options', inputType: 'radio', isScale: true, code: 'C1' })
    expect(view.options.map(({ id, value, isChosen }) => `${id} ${value} ${isChosen}`)).to.deep.equal(
      [1, 2, 3, 4, 5].map((code) => `C1-${code} ${code} false`),
    )
    expect(view.asides.map(({ id, isChosen }) => `${id} ${isChosen}`)).to.deep.equal(['C1-96 true', 'C1-97 false'])
    expect(question('C2').asides).to.deep.equal([])
  })

  it('keeps all boxes that were ticked', () => {
    const chosen = (fields: object) =>
      question('H6', fields)
        .options.filter(({ isChosen }) => isChosen)
        .map(({ value }) => value)
    expect(chosen({ H6: ['1', '3'] })).to.deep.equal(['1', '3'])
    expect(chosen({ H6: '2' })).to.deep.equal(['2'])
    expect(question('H6').hint).to.equal('Chọn tối đa 2 điều.')
  })

  it('shows a refused value as it was typed, with hint and error named for assistive technology', () => {
    const view = question('H7', { H7: 'x'.repeat(120) }, [error('H7', 'too_long', { max: 100 })])
    expect(view).to.include({
      value: 'x'.repeat(120),
      error: 'Xin rút ngắn còn tối đa 100 ký tự',
      describedBy: 'H7-hint H7-error',
      maxLength: 100,
    })
  })

  it('is the same object for the same answer, so that its HTML can be kept, and another for anything else', () => {
    expect(question('C1', { C1: '4' })).to.equal(question('C1', { C1: '4' }))
    expect(question('C1', { C1: '4' })).not.to.equal(question('C1', { C1: '5' }))
    expect(question('C1')).not.to.equal(question('C1', { C1: '4' }))
    const inEnglish = context({ language: 'en', t: texts.translator('en') })
    const input = { questionnaire, fields: {}, errors: [], followUps: [], unitsOf: () => [] }
    expect(toQuestionView(inEnglish, item('C1'), input).text).to.equal(item('C1').text.en)
    expect(toQuestionView(context(), item('C1'), { ...input, followUps: ['C1'] }).isNew).to.equal(true)
    expect(question('C1').isNew).to.equal(false)
  })

  it('never keeps what somebody wrote, ticked together or got wrong', () => {
    const inputs = [
      ['H7', { H7: 'Anh Tư ở quầy 5' }, []],
      ['H6', { H6: ['1', '3'] }, []],
      ['C1', { C1: '<b>' }, []],
      ['C1', { C1: '4' }, [error('C1', 'unknown_code')]],
    ] as const
    for (const [code, fields, errors] of inputs)
      expect(question(code, fields, errors), JSON.stringify(fields)).not.to.equal(question(code, fields, errors))
  })

  it('says that an answer is needed only where one is', () => {
    expect([question('S3').note, question('C2').note]).to.deep.equal(['cần trả lời', null])
  })

  it('has a sentence for every kind of refusal, in both languages', () => {
    const codes: readonly AnswerError['code'][] = [
      'required',
      'unknown_item',
      'not_asked',
      'unknown_code',
      'too_many',
      'repeated_choice',
      'too_long',
      'wrong_type',
      'out_of_range',
      'control_characters',
      'invalid_unicode',
      'unknown_unit',
    ]
    for (const language of ['vi', 'en'] as const) {
      const at = context({ language, t: texts.translator(language) })
      for (const code of codes) {
        for (const about of [item('S2'), item('C1'), undefined]) {
          expect(errorSentence(at, about, error('S2', code, { min: 1900, max: 2026 }))).to.match(/^[^{}]{10,}$/)
        }
      }
    }
  })
})

describe('sentences around the form', () => {
  it('there is no list of mistakes where there is no mistake', () => {
    expect(toErrorSummary(context(), [])).to.equal(null)
  })

  it('a closed wave names the last day on which answers were taken, the day before it closed', () => {
    const input = { agency: 'Quận 1', service: 'Hộ tịch', closedOn: '2026-04-01', reopensOn: '2026-05-02', links: [] }
    const { paragraphs, linksLead } = toClosedView(context(), input)
    expect(paragraphs[0]).to.include('đến hết ngày 31/03/2026')
    expect(paragraphs[1]).to.include('02/05/2026')
    expect(linksLead).to.equal(null)
  })

  it('a unit that had ended offers another month only where one was chosen', () => {
    const input = { agency: 'Quận 1', reason: 'ended', changedOn: '2025-07-01', links: [] } as const
    const chosen = toUnitNotValidView(context(), { ...input, back: { label: 'Chọn tháng khác', href: '/r/quan-1/HT' } })
    expect(chosen.button.href).to.equal('/r/quan-1/HT')
    expect(chosen.paragraphs).to.have.length(2)
    const opened = toUnitNotValidView(context(), { ...input, back: null })
    expect([opened.button.href, opened.paragraphs.length]).to.deep.equal(['/', 1])
  })

  it('writes days and months as people do', () => {
    expect([writeDay('2026-03-31', 'vi'), writeDay('2026-03-01', 'en')]).to.deep.equal(['31/03/2026', '1 March 2026'])
    expect([writeMonth('2026-02', 'vi'), writeMonth('2026-02', 'en')]).to.deep.equal([
      'Tháng 2 năm 2026',
      'February 2026',
    ])
  })

  it('an address carries along only what differs from the usual', () => {
    expect(formHref(context(), 'quan-1', 'HT')).to.equal('/r/quan-1/HT')
    const other = context({ respondentType: 'business', isWholeForm: true, isFromFinder: true, chosenLanguage: 'en' })
    expect(formHref(other, 'quan-1', 'HT')).to.equal('/r/quan-1/HT?as=business&view=one&via=finder&lang=en')
  })
})
