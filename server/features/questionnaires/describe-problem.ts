import type {
  QuestionnaireProblem,
  QuestionnaireProblemCode,
} from '../../domain/questionnaire/questionnaire-problem.js'

const SENTENCES: Readonly<Record<QuestionnaireProblemCode, string>> = {
  missing_translation: 'has no text in language {language}',
  not_nfc: 'is not in Unicode NFC: type the letters again',
  duplicate_code: 'code {name} is used twice',
  unknown_item: 'there is no item {name}',
  unknown_scale: 'there is no scale {name}',
  unknown_code: 'code {value} can never be the answer',
  no_codes: 'item {name} has no codes to compare with',
  forward_reference: 'looks at item {name}, which is not asked before',
  dead_branch: 'nobody can ever meet this condition',
  unreachable_item: 'item {name} is never asked of anybody',
  not_rated: 'item {name} is not a rating and cannot be scored',
  counted_twice: 'item {name} would count twice',
  scale_codes: 'codes must be 1 to 5, worst first',
  reserved_code: 'this code is reserved',
  band_gap: 'bands must follow one another without gap, the last open upwards',
  too_many_choices: 'more choices allowed than offered',
}

/** A problem as a sentence for the person who edits the file, with its stable code. */
export function describeQuestionnaireProblem({ code, path, params }: QuestionnaireProblem): string {
  const sentence = SENTENCES[code].replaceAll(/\{(\w+)\}/g, (_, name: string) => String(params[name]))
  return `${path.join('.') || 'questionnaire'}: ${sentence} [${code}]`
}
