import { compareVersions } from '../../domain/questionnaire/compare-versions.js'
import type { DeskContext } from '../registry-desk/index.js'
import { toChangesView } from './changes.view.js'
import { MAX_TEXT, type TextCheck } from './check-text.js'
import { type FaultView, toFaultView } from './faults.view.js'
import { askedItems, versionHref } from './list.view.js'
import type { Misfit } from './misfits.js'
import type { UploadReading } from './read-upload.js'

/** What the page for a new version is made of. */
export interface PublishPage {
  readonly typed: string
  /** `null` before anything was sent, or where a file could not be read. */
  readonly check: TextCheck | null
  /** What came of a file. */
  readonly upload: UploadReading | null
  /** A confirmation was for another content than is there now. */
  readonly isOutdated: boolean
  readonly csrfToken: string
}

export const EMPTY_PAGE: Omit<PublishPage, 'csrfToken'> = { typed: '', check: null, upload: null, isOutdated: false }

const MOST_FAULTS = 100

/** The form for a new version, what is wrong with it, or what it would change. */
export function toPublishView(page: PublishPage, context: DeskContext) {
  const { t, langQuery } = context
  const faults = faultsOf(page, context)
  const title = t('questionnaires.new_title')
  return {
    pageTitle: faults.length > 0 ? t('accounts.title_with_error', { title }) : title,
    heading: title,
    extraStyle: 'registry.css',
    backHref: `/admin/questionnaires${langQuery}`,
    action: `/admin/questionnaires${langQuery}`,
    csrfToken: page.csrfToken,
    typed: page.typed,
    faults: faults.slice(0, MOST_FAULTS),
    moreFaults:
      faults.length > MOST_FAULTS ? t('questionnaires.more_faults', { count: faults.length - MOST_FAULTS }) : null,
    findings: page.upload?.kind === 'text' ? page.upload.findings : [],
    isForm: page.upload?.kind === 'text' && page.upload.isForm,
    checked: page.check?.kind === 'publishable' ? page.check.wanted.hash : null,
    outcome: outcomeOf(page, context),
  }
}

const plain = (where: string, words: string): FaultView => ({ where, words, detail: null })

function faultsOf({ check, upload }: PublishPage, context: DeskContext): readonly FaultView[] {
  const { t, formats } = context
  const file = t('questionnaires.the_file')
  if (upload?.kind === 'not_text') return [plain(file, t('questionnaires.fault_not_text'))]
  if (upload?.kind === 'faults')
    return upload.faults.map((detail) => ({ where: file, words: t('questionnaires.fault_form'), detail }))
  if (check?.kind === 'too_long')
    return [plain(t('questionnaires.the_text'), t('questionnaires.fault_too_long', { most: formats.count(MAX_TEXT) }))]
  if (check?.kind === 'version_taken') {
    const { id, version } = check.wanted.questionnaire
    const words = t('questionnaires.fault_version_taken', {
      id,
      version,
      free: check.free,
      hash: check.taken.hash.slice(0, 12),
    })
    return [plain(t('questionnaires.the_version'), words)]
  }
  if (check?.kind === 'misfit')
    return check.misfits.map((misfit) => toMisfitView(misfit, check.wanted.questionnaire.id, context))
  return check?.kind === 'faulty' ? check.faults.map((fault) => toFaultView(fault, context)) : []
}

function toMisfitView(misfit: Misfit, id: string, { t }: DeskContext): FaultView {
  if (misfit.file === 'roles')
    return plain(`surveys/roles/${id}.yaml`, t(`questionnaires.role_${misfit.code}`, { name: misfit.name }))
  const where = t('questionnaires.the_method', { id: misfit.method })
  return { where, words: t('questionnaires.method_misfit'), detail: misfit.message }
}

function outcomeOf({ check, isOutdated }: PublishPage, context: DeskContext) {
  const { t, langQuery, formats } = context
  if (check === null || check.kind === 'too_long' || check.kind === 'faulty' || check.kind === 'misfit') return null
  const { hash, questionnaire } = check.wanted
  const facts = {
    name: `${questionnaire.id} ${questionnaire.version}`,
    hash: hash.slice(0, 12),
    questions: formats.count(askedItems(questionnaire).length),
    sections: formats.count(questionnaire.sections.length),
  }
  const earlier = check.kind === 'version_taken' ? check.taken : check.kind === 'publishable' ? check.newest : null
  const isLate =
    check.kind === 'publishable' &&
    earlier !== null &&
    compareVersions(questionnaire.version, earlier.questionnaire.version) < 0
  return {
    words: t(`questionnaires.outcome_${check.kind}`, facts),
    outdated: isOutdated ? t('questionnaires.outdated') : null,
    late: isLate ? t('questionnaires.newer_there', { version: earlier.questionnaire.version }) : null,
    isFirst: check.kind === 'publishable' && check.newest === null,
    presentHref: check.kind === 'present' ? versionHref(hash, langQuery) : null,
    changes: earlier && toChangesView(earlier, check.wanted, context),
  }
}
