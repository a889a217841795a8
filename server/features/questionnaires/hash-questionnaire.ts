import { createHash } from 'node:crypto'
import { canonicalJson } from '../../domain/questionnaire/canonical.js'
import type { PublishedQuestionnaire, Questionnaire } from '../../domain/questionnaire/definition.js'

/** SHA-256 of a text in UTF-8, 64 lower-case hexadecimal digits. */
export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}

/** A definition under the hash of its canonical JSON: the name responses and waves know it by. */
export function toPublished(questionnaire: Questionnaire): PublishedQuestionnaire {
  return { hash: sha256(canonicalJson(questionnaire)), questionnaire }
}
