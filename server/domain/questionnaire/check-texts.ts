import { LANGUAGES } from '../survey/vocabulary.js'
import type { Questionnaire } from './definition.js'
import { type ProblemPath, problemAt, type QuestionnaireProblem } from './questionnaire-problem.js'

/** Texts that lack a language or are not in NFC, wherever in the definition a person reads them. */
export function checkTexts(questionnaire: Questionnaire): readonly QuestionnaireProblem[] {
  return [...walk(questionnaire, [])]
}

/** Whatever has a key for the first language is a text: no other part of a definition has such a key. */
function* walk(value: unknown, path: ProblemPath): Generator<QuestionnaireProblem> {
  if (typeof value === 'string' && value !== value.normalize('NFC')) yield problemAt(path, 'not_nfc')
  if (typeof value !== 'object' || value === null) return
  if (Object.hasOwn(value, LANGUAGES[0]) || Object.hasOwn(value, LANGUAGES[1])) {
    const text = value as Partial<Record<string, unknown>>
    for (const language of LANGUAGES) {
      if (isMissing(text[language])) yield problemAt([...path, language], 'missing_translation', { language })
    }
  }
  const isList = Array.isArray(value)
  for (const [key, member] of Object.entries(value)) yield* walk(member, [...path, isList ? Number(key) : key])
}

function isMissing(text: unknown): boolean {
  return typeof text !== 'string' || text.trim() === ''
}
