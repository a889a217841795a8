import { checkQuestionnaire } from '../../domain/questionnaire/check-questionnaire.js'
import type { Questionnaire } from '../../domain/questionnaire/definition.js'
import type { QuestionnaireProblem } from '../../domain/questionnaire/questionnaire-problem.js'
import { type FileProblem, readYamlFile, readYamlText, type YamlFile } from '../../platform/yaml-file.js'
import { describeQuestionnaireProblem } from './describe-problem.js'
import { definitionSchema } from './questionnaire-schema.js'

/** A questionnaire file, or everything that is wrong with it. */
export type QuestionnaireFile =
  | { readonly kind: 'valid'; readonly questionnaire: Questionnaire }
  | { readonly kind: 'invalid'; readonly problems: readonly FileProblem[] }

/** One mistake in a text, for a page that says it in its own words. */
export interface QuestionnaireFault {
  /** Counted from 1. */
  readonly line: number
  /** Of a `QuestionnaireProblem`, of the schema's issue, or `yaml_syntax`. */
  readonly code: string
  /** Keys and positions from the top, joined by dots; empty at the top itself. */
  readonly at: string
  /** Code of the question that it stands in; `null` outside every question, or where that has no code. */
  readonly question: string | null
  readonly params: QuestionnaireProblem['params']
  /** In English, as the commands say it. */
  readonly message: string
}

/** A questionnaire that somebody pasted, or everything that is wrong with it. */
export type QuestionnaireText =
  | { readonly kind: 'valid'; readonly questionnaire: Questionnaire }
  | { readonly kind: 'invalid'; readonly faults: readonly QuestionnaireFault[] }

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

/** Reads and checks a text by the same rules. */
export function readQuestionnaireText(text: string): QuestionnaireText {
  const yaml = readYamlText('', text, definitionSchema)
  const { value, lineOf, plain } = yaml
  if (value === undefined) return { kind: 'invalid', faults: schemaFaults(yaml) }
  const problems = checkQuestionnaire(value)
  if (problems.length === 0) return { kind: 'valid', questionnaire: value }
  return {
    kind: 'invalid',
    faults: problems.map((problem) => ({
      line: lineOf(problem.path),
      code: problem.code,
      at: problem.path.join('.'),
      question: questionAt(plain, problem.path),
      params: problem.params,
      message: describeQuestionnaireProblem(problem),
    })),
  }
}

function schemaFaults({ faults, plain }: YamlFile<Questionnaire>): readonly QuestionnaireFault[] {
  return faults.map(({ line, code, path, message }) => ({
    line,
    code,
    at: path.map(String).join('.'),
    question: questionAt(plain, path),
    params: {},
    message,
  }))
}

/** Code of the item at `sections.N.items.M`, whatever else the data hold. */
function questionAt(plain: unknown, path: readonly PropertyKey[]): string | null {
  if (path[0] !== 'sections' || path[2] !== 'items' || path.length < 4) return null
  let found: unknown = plain
  for (const key of [...path.slice(0, 4), 'code']) {
    if (typeof found !== 'object' || found === null) return null
    found = (found as Record<PropertyKey, unknown>)[key]
  }
  return typeof found === 'string' ? found : null
}
