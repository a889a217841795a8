import { MODES, NONRESPONSE } from '../survey/vocabulary.js'
import { UNIT_KINDS } from '../units/unit.js'
import type { Answer, Condition, Item, MultiItem, Questionnaire } from './definition.js'

/**
 * Codes an item can store in a case that goes on: what is offered, less what ends the case, plus blank if allowed.
 *
 * @returns `undefined` for items whose answers have no codes to compare (texts, units, plain years)
 */
export function possibleCodes(item: Item, scales: Questionnaire['scales']): readonly number[] | undefined {
  const blank = item.required ? [] : [NONRESPONSE.blank]
  switch (item.kind) {
    case 'rating': {
      const onScale = scales[item.scale]?.options.map((option) => option.code) ?? []
      const notApplicable = item.allowsNotApplicable ? [NONRESPONSE.notApplicable] : []
      const dontKnow = item.allowsDontKnow ? [NONRESPONSE.dontKnow] : []
      return [...onScale, ...notApplicable, ...dontKnow, ...blank]
    }
    case 'choice':
      return [...item.options.map((option) => option.code).filter((code) => !item.stopsAt?.includes(code)), ...blank]
    case 'multi':
      return item.options.map((option) => option.code)
    case 'year':
      return item.bands && [...item.bands.map((band) => band.code), ...blank]
    default:
      return undefined
  }
}

/** Answers of an item that some conditions can tell apart: each code they mention, and one that stands for the rest. */
export function distinctAnswers(
  item: Item,
  mentioned: ReadonlySet<number>,
  scales: Questionnaire['scales'],
): readonly (Answer | undefined)[] {
  const possible = possibleCodes(item, scales)
  if (possible === undefined) return [undefined]
  const other = possible.find((code) => !mentioned.has(code))
  const named = possible.filter((code) => mentioned.has(code))
  if (item.kind === 'multi') return choicesOf(item, named, other)
  return other === undefined ? named : [...named, other]
}

function choicesOf(
  item: MultiItem,
  named: readonly number[],
  other: number | undefined,
): readonly (readonly number[])[] {
  let choices: readonly (readonly number[])[] = [[]]
  for (const code of named) {
    choices = [...choices, ...choices.filter((c) => c.length < item.maxChoices).map((c) => [...c, code])]
  }
  const filled = choices.filter((choice) => choice.length > 0)
  const rest = other === undefined ? [] : [[other]]
  return item.required ? [...filled, ...rest] : [...filled, ...rest, []]
}

type ContextCondition = Extract<Condition, { context: unknown }>

/** Values of a context property that some conditions can tell apart. */
export function distinctContexts(
  property: ContextCondition['context'],
  mentioned: ReadonlySet<string>,
): readonly string[] {
  // Any service may exist: the empty code stands for those the conditions do not name.
  if (property === 'service') return [...mentioned, '']
  const all: readonly string[] = property === 'mode' ? MODES : UNIT_KINDS
  const other = all.find((value) => !mentioned.has(value))
  const named = all.filter((value) => mentioned.has(value))
  return other === undefined ? named : [...named, other]
}
