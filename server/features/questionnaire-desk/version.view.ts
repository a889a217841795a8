import type { PublishedQuestionnaire } from '../../domain/questionnaire/definition.js'
import type { Wave } from '../../domain/survey/wave.js'
import { publishedFileName } from '../questionnaires/index.js'
import { type DeskContext, linkTo } from '../registry-desk/index.js'
import { toChangesView } from './changes.view.js'
import { askedItems, versionHref, wavesOf } from './list.view.js'
import { toPreview } from './preview.view.js'

/** What a version's page is made of. */
export interface VersionPage {
  readonly shown: PublishedQuestionnaire
  /** Versions of the same questionnaire, the newest first. */
  readonly versions: readonly PublishedQuestionnaire[]
  /** The other version of the comparison; `null` where there is none. */
  readonly against: PublishedQuestionnaire | null
  readonly waves: readonly Wave[]
  readonly isInFiles: boolean
  /** Methods that can be computed for it. */
  readonly methods: readonly string[]
  readonly mayPublish: boolean
}

/** One version: facts, what it changed, and its questions in every language. */
export function toVersionView(page: VersionPage, context: DeskContext) {
  const { t, language, langQuery, formats } = context
  const { shown, against, versions } = page
  const { hash, questionnaire } = shown
  const others = versions.filter((other) => other.hash !== hash)
  const title = `${questionnaire.title[language]} ${questionnaire.version}`
  return {
    pageTitle: title,
    heading: title,
    extraStyle: 'registry.css',
    backHref: `/admin/questionnaires${langQuery}`,
    id: questionnaire.id,
    version: questionnaire.version,
    hash,
    respondents: t(`reports.respondents_${questionnaire.respondentType}`),
    questions: formats.count(askedItems(questionnaire).length),
    source: questionnaire.source,
    waves: wavesOf(hash, page.waves, context),
    methods: page.methods.join(', ') || t('questionnaires.no_methods'),
    isOnlyStored: !page.isInFiles,
    fileHref: `/admin/questionnaires/${hash}/file${langQuery}`,
    fileName: publishedFileName(shown),
    startHref: page.mayPublish ? linkTo('/admin/questionnaires/new', { from: hash }, langQuery) : null,
    waveLine: `questionnaire: { id: ${questionnaire.id}, version: "${questionnaire.version}" }`,
    compare:
      others.length === 0
        ? null
        : {
            action: versionHref(hash, ''),
            lang: langQuery === '' ? null : language,
            choices: others.map((other) => ({
              value: other.hash,
              label: other.questionnaire.version,
              isChosen: other.hash === against?.hash,
            })),
          },
    changes: against && changesInOrder(shown, against, versions, context),
    preview: toPreview(questionnaire, context),
  }
}

/** From the earlier of the two to the later, whichever page is read. */
function changesInOrder(
  shown: PublishedQuestionnaire,
  against: PublishedQuestionnaire,
  newestFirst: readonly PublishedQuestionnaire[],
  context: DeskContext,
) {
  const isShownNewer = newestFirst.indexOf(shown) < newestFirst.indexOf(against)
  return isShownNewer ? toChangesView(against, shown, context) : toChangesView(shown, against, context)
}
