import { compareVersions } from '../../domain/questionnaire/compare-versions.js'
import type { PublishedQuestionnaire } from '../../domain/questionnaire/definition.js'
import {
  type QuestionnaireFault,
  type QuestionnaireStore,
  readQuestionnaireText,
  toPublished,
} from '../questionnaires/index.js'
import { type BesideQuestionnaires, type Misfit, misfitsOf } from './misfits.js'

/** Most characters of a text: five times the longest questionnaire of the city. */
export const MAX_TEXT = 200_000

/** What a text would be, if it were published. */
export type TextCheck =
  | { readonly kind: 'too_long' }
  | { readonly kind: 'faulty'; readonly faults: readonly QuestionnaireFault[] }
  /** The version is published with another text, which stays. */
  | {
      readonly kind: 'version_taken'
      readonly wanted: PublishedQuestionnaire
      readonly taken: PublishedQuestionnaire
      /** The first version of the year that is free. */
      readonly free: string
    }
  /** Just this text is published already. */
  | { readonly kind: 'present'; readonly wanted: PublishedQuestionnaire }
  /** Files beside the questionnaires say something of it that is not so. */
  | { readonly kind: 'misfit'; readonly wanted: PublishedQuestionnaire; readonly misfits: readonly Misfit[] }
  | {
      readonly kind: 'publishable'
      readonly wanted: PublishedQuestionnaire
      /** The newest version of the same questionnaire; `null` where there is none. */
      readonly newest: PublishedQuestionnaire | null
    }

/** Published versions of one questionnaire, the newest first. */
export const versionsOf = (id: string, all: readonly PublishedQuestionnaire[]): readonly PublishedQuestionnaire[] =>
  all
    .filter(({ questionnaire }) => questionnaire.id === id)
    .toSorted((a, b) => compareVersions(b.questionnaire.version, a.questionnaire.version))

/** Says what a text would be, by the rules of questionnaire files and of the published versions there are. */
export async function checkText(
  text: string,
  questionnaires: Pick<QuestionnaireStore, 'list'>,
  beside: BesideQuestionnaires,
): Promise<TextCheck> {
  if (text.length > MAX_TEXT) return { kind: 'too_long' }
  const read = readQuestionnaireText(text)
  if (read.kind === 'invalid') return { kind: 'faulty', faults: read.faults }
  const wanted = toPublished(read.questionnaire)
  const { id, version } = wanted.questionnaire
  const versions = versionsOf(id, await questionnaires.list())
  const same = versions.find(({ questionnaire }) => questionnaire.version === version)
  if (same?.hash === wanted.hash) return { kind: 'present', wanted }
  if (same) return { kind: 'version_taken', wanted, taken: same, free: freeVersion(version, versions) }
  const misfits = misfitsOf(wanted.questionnaire, beside)
  if (misfits.length > 0) return { kind: 'misfit', wanted, misfits }
  return { kind: 'publishable', wanted, newest: versions[0] ?? null }
}

function freeVersion(version: string, taken: readonly PublishedQuestionnaire[]): string {
  const [year = '', number = '0'] = version.split('.')
  const numbers = taken
    .map(({ questionnaire }) => questionnaire.version.split('.'))
    .filter(([other]) => other === year)
    .map(([, other]) => Number(other))
  return `${year}.${Math.max(Number(number), ...numbers) + 1}`
}
