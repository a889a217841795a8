import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { canonicalJson } from '../../domain/questionnaire/canonical.js'
import { checkQuestionnaire } from '../../domain/questionnaire/check-questionnaire.js'
import type { PublishedQuestionnaire, Questionnaire } from '../../domain/questionnaire/definition.js'
import type { QuestionnaireProblem } from '../../domain/questionnaire/questionnaire-problem.js'
import { toPublished } from './hash-questionnaire.js'
import { loadPublishedQuestionnaires, publishedFileName } from './published-files.js'

/** What came of publishing. */
export type PublishOutcome =
  | { readonly kind: 'published'; readonly published: PublishedQuestionnaire; readonly file: string }
  /** The same text is already frozen under this version: nothing to do. */
  | { readonly kind: 'unchanged'; readonly published: PublishedQuestionnaire }
  /** Another text is frozen under this version: the change needs a version of its own. */
  | { readonly kind: 'version_taken'; readonly hash: string }
  | { readonly kind: 'invalid'; readonly problems: readonly QuestionnaireProblem[] }

/**
 * Freezes a version: writes its canonical JSON into the folder, under its hash, for good.
 *
 * @throws {Error} when the folder holds files that were edited after publishing
 */
export function publishQuestionnaire(questionnaire: Questionnaire, dir: string): PublishOutcome {
  const problems = checkQuestionnaire(questionnaire)
  if (problems.length > 0) return { kind: 'invalid', problems }
  mkdirSync(dir, { recursive: true })
  const published = toPublished(questionnaire)
  const sameVersion = loadPublishedQuestionnaires(dir).find(
    (other) => other.questionnaire.id === questionnaire.id && other.questionnaire.version === questionnaire.version,
  )
  if (sameVersion?.hash === published.hash) return { kind: 'unchanged', published }
  if (sameVersion) return { kind: 'version_taken', hash: sameVersion.hash }
  const file = join(dir, publishedFileName(published))
  writeFileSync(file, canonicalJson(questionnaire), { flag: 'wx' })
  return { kind: 'published', published, file }
}
