import type { PublishedQuestionnaire } from '../../domain/questionnaire/definition.js'
import { placedItems } from '../../domain/questionnaire/routing.js'
import { LANGUAGES } from '../../domain/survey/vocabulary.js'
import type { Wave } from '../../domain/survey/wave.js'
import { type DeskContext, linkTo } from '../registry-desk/index.js'
import { versionsOf } from './check-text.js'

/** What the list is made of. */
export interface QuestionnaireListPage {
  readonly published: readonly PublishedQuestionnaire[]
  readonly waves: readonly Wave[]
  /** Hashes of the versions that are files of this server as well. */
  readonly inFiles: ReadonlySet<string>
  readonly mayPublish: boolean
}

/** Every questionnaire with its versions, the newest first. */
export function toQuestionnaireListView(page: QuestionnaireListPage, context: DeskContext) {
  const { t, language, langQuery } = context
  const ids = [...new Set(page.published.map(({ questionnaire }) => questionnaire.id))]
  return {
    pageTitle: t('questionnaires.title'),
    heading: t('questionnaires.title'),
    extraStyle: 'registry.css',
    backHref: page.mayPublish ? `/admin${langQuery}` : `/reports${langQuery}`,
    newHref: page.mayPublish ? `/admin/questionnaires/new${langQuery}` : null,
    questionnaires: ids.map((id) => {
      const versions = versionsOf(id, page.published)
      return {
        id,
        title: versions[0]?.questionnaire.title[language] ?? id,
        versions: versions.map((version) => toVersionRow(version, page, context)),
      }
    }),
  }
}

/** Where a version is read. */
export const versionHref = (hash: string, langQuery: string, against = ''): string =>
  linkTo(`/admin/questionnaires/${hash}`, { against }, langQuery)

function toVersionRow(
  { hash, questionnaire }: PublishedQuestionnaire,
  page: QuestionnaireListPage,
  context: DeskContext,
) {
  const { t, formats, langQuery } = context
  return {
    version: questionnaire.version,
    href: versionHref(hash, langQuery),
    hash: hash.slice(0, 12),
    isOnlyStored: !page.inFiles.has(hash),
    facts: [
      t(`reports.respondents_${questionnaire.respondentType}`),
      t('questionnaires.question_count', { count: formats.count(askedItems(questionnaire).length) }),
      LANGUAGES.map((one) => t(`questionnaires.language_${one}`)).join(', '),
    ].join(' · '),
    waves: wavesOf(hash, page.waves, context),
  }
}

/** Questions that are put to somebody; what the link fills in is none. */
export const askedItems = (questionnaire: PublishedQuestionnaire['questionnaire']) =>
  placedItems(questionnaire).filter(({ item }) => item.kind !== 'context')

/** Waves that ask a version. */
export const wavesOf = (hash: string, waves: readonly Wave[], { language, langQuery }: DeskContext) =>
  waves
    .filter(({ questionnaireHash }) => questionnaireHash === hash)
    .map(({ id, title }) => ({ id, title: title[language], href: `/reports/${id}${langQuery}` }))
