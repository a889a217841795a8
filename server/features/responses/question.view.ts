import type { AnswerError } from '../../domain/questionnaire/answer-error.js'
import type { Item, Questionnaire } from '../../domain/questionnaire/definition.js'
import { NONRESPONSE } from '../../domain/survey/vocabulary.js'
import type { Unit, UnitKind } from '../../domain/units/unit.js'
import type { Fields } from './form-state.js'
import type { PageContext } from './page-context.js'

/** What the questions of one page are drawn from. */
export interface QuestionsInput {
  readonly questionnaire: Questionnaire
  readonly fields: Fields
  readonly errors: readonly AnswerError[]
  readonly followUps: readonly string[]
  /** Units of residence to choose from, in order, with their names. */
  readonly unitsOf: (kinds: readonly UnitKind[]) => readonly { readonly unit: Unit; readonly name: string }[]
}

/** An option as drawn: a radio button, a box, or a line of a list. */
interface OptionView {
  readonly id: string
  readonly value: string
  readonly label: string
  readonly isChosen: boolean
}

const PARTIALS: Readonly<Record<Item['kind'], string>> = {
  rating: 'question-options',
  choice: 'question-options',
  multi: 'question-options',
  year: 'question-year',
  text: 'question-text',
  unit: 'question-unit',
  context: 'question-text',
}

/** The sentence for a refused answer. */
export function errorSentence({ t }: PageContext, item: Item | undefined, { code, params }: AnswerError): string {
  if (code === 'required') return t(item?.kind === 'year' ? 'survey.error_required_year' : 'survey.error_required')
  if (code === 'wrong_type' && item?.kind === 'year') return t('survey.error_year')
  return t(`survey.error_${code}`, params)
}

/** The id of the field that a link to a question leads to: focusing it brings the question into view. */
export function fieldId(item: Item, questionnaire: Questionnaire): string {
  const [first] = optionsOf(item, questionnaire)
  return first === undefined ? item.code : `${item.code}-${first.code}`
}

function optionsOf(item: Item, { scales }: Questionnaire) {
  if (item.kind === 'rating') return scales[item.scale]?.options ?? []
  return item.kind === 'choice' || item.kind === 'multi' ? item.options : []
}

/** Codes beside the scale: they are answers too, but apart from it and quieter. */
function asidesOf(item: Item, { scales }: Questionnaire) {
  const scale = item.kind === 'rating' ? scales[item.scale] : undefined
  if (item.kind !== 'rating' || scale === undefined) return []
  return [
    ...(item.allowsNotApplicable ? [{ code: NONRESPONSE.notApplicable, label: scale.notApplicable }] : []),
    ...(item.allowsDontKnow ? [{ code: NONRESPONSE.dontKnow, label: scale.dontKnow }] : []),
  ]
}

function hintOf(context: PageContext, item: Item): string | null {
  if (item.hint !== undefined) return item.hint[context.language]
  if (item.kind === 'multi') return context.t('survey.hint_multi', { max: item.maxChoices })
  return item.kind === 'text' ? context.t('survey.hint_text', { max: item.maxLength }) : null
}

type UnitChoices = ReturnType<QuestionsInput['unitsOf']>

const unitChoices = (item: Item, input: QuestionsInput): UnitChoices =>
  item.kind === 'unit' ? input.unitsOf(item.unitKinds) : NO_UNITS
const NO_UNITS: UnitChoices = []

type QuestionView = ReturnType<typeof drawQuestion>

/** Views of questions as most readers see them, by what they are made of besides language, item and answer. */
const drawnBefore = new WeakMap<object, Map<string, QuestionView>>()

/** What tells views apart that many readers are shown: of questions without mistakes and without words of their own. */
function sharedKey({ language }: PageContext, item: Item, { typed, fault, isNew }: Asked): string | null {
  const answer = typed.join(' ')
  const isOffered = (item.kind === 'rating' || item.kind === 'choice') && /^\d{1,2}$/.test(answer)
  return fault === undefined && (answer === '' || isOffered) ? `${language} ${item.code} ${answer} ${isNew}` : null
}

/** One question as drawn; the same object for the same question with the same answer, so that its HTML can be kept. */
export function toQuestionView(context: PageContext, item: Item, input: QuestionsInput): QuestionView {
  const field = input.fields[item.code] ?? ''
  const typed = typeof field === 'string' ? [field] : field
  const fault = input.errors.find((error) => error.item === item.code)
  const units = unitChoices(item, input)
  const asked = { typed, fault, isNew: input.followUps.includes(item.code), units, scalesOf: input.questionnaire }
  const key = sharedKey(context, item, asked)
  if (key === null) return drawQuestion(context, item, asked)
  // The list of units is another one each day.
  const source = item.kind === 'unit' ? units : input.questionnaire
  const known = drawnBefore.get(source) ?? new Map<string, QuestionView>()
  drawnBefore.set(source, known)
  const view = known.get(key) ?? drawQuestion(context, item, asked)
  known.set(key, view)
  return view
}

interface Asked {
  readonly typed: readonly string[]
  readonly fault: AnswerError | undefined
  readonly isNew: boolean
  readonly units: UnitChoices
  readonly scalesOf: Questionnaire
}

function drawQuestion(context: PageContext, item: Item, { typed, fault, isNew, units, scalesOf }: Asked) {
  const { language, t } = context
  const hint = hintOf(context, item)
  const toOption = ({ code, label }: { code: number; label: { vi: string; en: string } }): OptionView => ({
    id: `${item.code}-${code}`,
    value: String(code),
    label: label[language],
    isChosen: typed.includes(String(code)),
  })
  const toUnit = ({ unit: { uid }, name }: UnitChoices[number]): OptionView => ({
    id: uid,
    value: uid,
    label: name,
    isChosen: typed.includes(uid),
  })
  const notes = [hint && `${item.code}-hint`, fault && `${item.code}-error`].filter(Boolean)
  return {
    partial: PARTIALS[item.kind],
    code: item.code,
    text: item.text[language],
    note: item.required ? t('survey.required') : null,
    hint,
    error: fault ? errorSentence(context, item, fault) : null,
    isNew,
    describedBy: notes.length > 0 ? notes.join(' ') : null,
    inputType: item.kind === 'multi' ? 'checkbox' : 'radio',
    isScale: item.kind === 'rating',
    options: optionsOf(item, scalesOf).map(toOption),
    asides: asidesOf(item, scalesOf).map(toOption),
    units: units.map(toUnit),
    value: typed[0] ?? '',
    maxLength: item.kind === 'text' ? item.maxLength : 4,
  }
}
