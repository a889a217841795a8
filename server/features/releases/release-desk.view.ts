import { mayDo, type Permission, type Role } from '../../domain/access/permissions.js'
import type { IndexReport } from '../../domain/report/index-report.js'
import { cityDay } from '../../domain/survey/day.js'
import type { Localized } from '../../domain/survey/vocabulary.js'
import type { Wave } from '../../domain/survey/wave.js'
import type { ReportContext } from '../index-reports/index.js'
import type { DecisionOutcome } from './decide-release.js'
import type { DraftOutcome } from './draft-release.js'
import { openAmong, type ReleaseRecord } from './release.repository.js'
import { dayText } from './release-facts.view.js'

/** Why nothing was begun, or decided. */
export type DraftFault = Exclude<DraftOutcome['kind'], 'begun'>
export type DecisionFault = Exclude<DecisionOutcome['kind'], 'done' | 'unknown'>

/** What somebody typed into the form of a draft. */
export interface TypedDraft {
  readonly wave: string
  readonly reason: Localized
}

export interface DeskPage {
  readonly all: readonly ReleaseRecord[]
  readonly waves: readonly Wave[]
  readonly now: Date
  readonly role: Role
  readonly csrfToken: string
  readonly langQuery: string
  readonly typed: TypedDraft
  readonly fault: DraftFault | null
}

/** The desk: every release with its state, and the form that begins one. */
export function toDeskView(page: DeskPage, context: ReportContext) {
  const { t, language } = context
  const { langQuery, typed, fault } = page
  const titleOf = new Map(page.waves.map(({ id, title }) => [id, title[language]]))
  const ended = page.waves.filter(({ closesOn }) => closesOn <= cityDay(page.now))
  return {
    pageTitle:
      fault === null ? t('releases.desk_title') : t('accounts.title_with_error', { title: t('releases.desk_title') }),
    heading: t('releases.desk_title'),
    extraStyle: 'release.css',
    rows: page.all.map((release) => ({
      id: release.id,
      href: `/release-desk/${release.id}${langQuery}`,
      wave: titleOf.get(release.waveId) ?? release.waveId,
      state: t(`releases.state_${release.state}`),
      draftedBy: release.draftedBy,
      draftedOn: dayText(release.draftedAt, context),
    })),
    form: mayDo(page.role, 'draft_release')
      ? {
          action: `/release-desk${langQuery}`,
          csrfToken: page.csrfToken,
          fault: fault === null ? '' : t(`releases.fault_${fault}`),
          isReasonMissing: fault === 'reason_missing',
          waves: ended
            .toSorted((a, b) => (a.closesOn < b.closesOn ? 1 : -1))
            .map(({ id, title }) => ({
              value: id,
              label: title[language],
              isChosen: id === typed.wave,
              isOpen: openAmong(page.all.filter(({ waveId }) => waveId === id)) !== undefined,
            })),
          reason: typed.reason,
        }
      : null,
    hasEnded: ended.length > 0,
  }
}

export interface DeskReleasePage {
  readonly release: ReleaseRecord
  readonly reports: readonly IndexReport[]
  readonly login: string
  readonly role: Role
  readonly csrfToken: string
  readonly langQuery: string
  readonly note: string
  readonly fault: DecisionFault | null
  readonly hasSigningKey: boolean
}

/** What may be decided on a release, and what a second person should look at. */
export function toDecisionView(page: DeskReleasePage, context: ReportContext) {
  const { release, langQuery, fault } = page
  const { t } = context
  return {
    deskHref: `/release-desk${langQuery}`,
    id: release.id,
    state: t(`releases.state_${release.state}`),
    stateNote: t(release.failure === null ? `releases.next_${release.state}` : `releases.failure_${release.failure}`),
    steps: stepsOf(release, context),
    note: release.note ?? '',
    hidden: hiddenCounts(page.reports, context),
    csrfToken: page.csrfToken,
    typedNote: page.note,
    fault: fault === null ? '' : t(`releases.fault_${fault}`),
    ...choicesOf(page, context),
  }
}

/** Who did what on which day. */
function stepsOf(release: ReleaseRecord, context: ReportContext): readonly string[] {
  const { draftedBy, draftedAt, decidedBy, decidedAt, publishedBy, publishedAt } = release
  const steps = [
    ['drafted_by', draftedBy, draftedAt],
    ['decided_by', decidedBy, decidedAt],
    ['published_by', publishedBy, publishedAt],
  ] as const
  return steps.flatMap(([key, name, at]) =>
    name === null ? [] : [context.t(`releases.${key}`, { name, day: dayText(at, context) })],
  )
}

/** The buttons of the reader, and why one is missing. */
function choicesOf({ release, role, login, langQuery, hasSigningKey }: DeskReleasePage, { t }: ReportContext) {
  const { id, state } = release
  const isOwn = release.draftedBy === login
  const action = (name: string, isOpen: boolean, permission: Permission) =>
    isOpen && mayDo(role, permission) ? `/release-desk/${id}/${name}${langQuery}` : null
  return {
    ownNote: state === 'drafted' && isOwn ? t('releases.fault_own_draft') : '',
    keyNote: state === 'reviewed' && !hasSigningKey ? t('releases.fault_no_signing_key') : '',
    approve: action('approve', state === 'drafted' && !isOwn, 'review_release'),
    publish: action('publish', state === 'reviewed', 'publish_release'),
    reject: action('reject', openAmong([release]) !== undefined, 'review_release'),
  }
}

/** How many figures are shown, and how many are hidden for which reason. */
function hiddenCounts(reports: readonly IndexReport[], { t, formats }: ReportContext) {
  const counts = new Map<string, number>()
  for (const { estimate } of reports.flatMap(({ blocks }) => blocks.flatMap(({ cells }) => cells))) {
    const key = estimate.kind === 'suppressed' ? estimate.reason : estimate.kind
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  const order = ['published', 'coded', 'too_few', 'unreliable', 'complementary', 'differencing', 'empty']
  return order
    .filter((key) => counts.has(key))
    .map((key) => ({ label: t(`releases.count_${key}`), count: formats.count(counts.get(key)!) }))
}
