import { join } from 'node:path'
import type { Questionnaire } from '../../server/domain/questionnaire/definition.js'
import { readQuestionnaireFile } from '../../server/features/questionnaires/index.js'
import { loadServiceCatalogue, loadUnitRegistry } from '../../server/features/units/index.js'
import { projectDir } from '../../server/platform/paths.js'
import { loadTexts } from '../../server/platform/text.js'

export const UNITS_DIR = join(projectDir(), 'surveys/units')
export const SERVICES_FILE = join(projectDir(), 'surveys/services.yaml')

/** Reads when first asked and never again: what is read here cannot be changed. */
function once<Value>(read: () => Value): () => Value {
  let value: Value | undefined
  return () => {
    value ??= read()
    return value
  }
}

/** The project's real units. */
export const projectRegistry = once(() => loadUnitRegistry(UNITS_DIR))

/** The project's real services. */
export const projectServices = once(() => loadServiceCatalogue(SERVICES_FILE, projectRegistry()))

/** The sentences of the pages. */
export const projectTexts = once(() => loadTexts(join(projectDir(), 'views/text')))

/** One of the project's own questionnaires, as drafted. */
export function projectQuestionnaire(name: 'citizen' | 'business' | 'counter'): Questionnaire {
  const file = readQuestionnaireFile(join(projectDir(), 'surveys/questionnaires', `${name}.yaml`))
  if (file.kind === 'invalid') throw new Error(JSON.stringify(file.problems))
  return file.questionnaire
}
