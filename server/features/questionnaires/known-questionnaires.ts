import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { PublishedQuestionnaire, Questionnaire } from '../../domain/questionnaire/definition.js'
import { readQuestionnaireFile } from './read-questionnaire.js'

/**
 * Every questionnaire that a method may name: published versions, and drafts beside them as far as they are sound.
 *
 * @param dir folder of the drafts
 */
export function knownQuestionnaires(
  dir: string,
  published: readonly PublishedQuestionnaire[],
): readonly Questionnaire[] {
  const drafts = readdirSync(dir)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => readQuestionnaireFile(join(dir, name)))
    .flatMap((file) => (file.kind === 'valid' ? [file.questionnaire] : []))
  return [...published.map(({ questionnaire }) => questionnaire), ...drafts]
}
