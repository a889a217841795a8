import { checkQuestionnaire } from '../../domain/questionnaire/check-questionnaire.js'
import type { Questionnaire } from '../../domain/questionnaire/definition.js'
import { type FileProblem, readYamlFile } from '../../platform/yaml-file.js'
import { describeQuestionnaireProblem } from './describe-problem.js'
import { definitionSchema } from './questionnaire-schema.js'

/** A questionnaire file, or everything that is wrong with it. */
export type QuestionnaireFile =
  | { readonly kind: 'valid'; readonly questionnaire: Questionnaire }
  | { readonly kind: 'invalid'; readonly problems: readonly FileProblem[] }

/**
 * Reads and checks one questionnaire file (`surveys/README.md` describes the format).
 *
 * @throws {Error} only when the file itself cannot be read
 */
export function readQuestionnaireFile(file: string): QuestionnaireFile {
  const { value, problems, lineOf } = readYamlFile(file, definitionSchema)
  if (value === undefined) return { kind: 'invalid', problems }
  const faults = checkQuestionnaire(value)
  if (faults.length === 0) return { kind: 'valid', questionnaire: value }
  return {
    kind: 'invalid',
    problems: faults.map((fault) => ({
      file,
      line: lineOf(fault.path),
      message: describeQuestionnaireProblem(fault),
    })),
  }
}
