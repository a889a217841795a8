import { textEndsOn } from '../../domain/privacy/retention.js'
import { addDays, cityDay } from '../../domain/survey/day.js'
import type { Wave } from '../../domain/survey/wave.js'
import type { JobState } from '../../platform/mongo/leases.js'
import type { ReportContext } from '../index-reports/index.js'

/** What came of a pasted wave: faults with their lines, what would be made of it, or what was. */
export interface WaveAnswer {
  /** Line 0: of no line. */
  readonly faults: readonly { readonly line: number; readonly message: string }[]
  /** What would be done, and by which text it was checked. */
  readonly plan: {
    readonly kind: 'would_create' | 'would_record_sampling'
    readonly wave: Wave
    readonly digest: string
  } | null
}

export const NO_ANSWER: WaveAnswer = { faults: [], plan: null }

export interface AdministrationPage {
  readonly waves: readonly Wave[]
  readonly jobs: readonly JobState[]
  readonly now: Date
  readonly typed: string
  readonly answer: WaveAnswer
  readonly csrfToken: string
  readonly langQuery: string
}

/** The administrator's first page: rounds of collection with a form for new ones, and the jobs of the machine. */
export function toAdministrationView(page: AdministrationPage, context: ReportContext) {
  const { t } = context
  const { answer, langQuery } = page
  const hasFaults = answer.faults.length > 0
  return {
    pageTitle: hasFaults ? t('accounts.title_with_error', { title: t('admin.title') }) : t('admin.title'),
    heading: t('admin.title'),
    extraStyle: 'registry.css',
    links: [
      ['units', 'registry.units_title'],
      ['services', 'registry.services_title'],
      ['questionnaires', 'questionnaires.title'],
    ].map(([page = '', label = '']) => ({ href: `/admin/${page}${langQuery}`, label: t(label) })),
    waves: page.waves.map((wave) => waveRow(wave, cityDay(page.now), langQuery, context)),
    jobs: page.jobs.map((job) => jobRow(job, context)),
    form: {
      action: `/admin/waves${langQuery}`,
      csrfToken: page.csrfToken,
      typed: page.typed,
      faults: answer.faults.map(({ line, message }) =>
        line === 0 ? message : t('admin.fault_line', { line, message }),
      ),
      plan: answer.plan === null ? null : planOf(answer.plan, context),
    },
  }
}

function waveRow(wave: Wave, today: string, langQuery: string, { t, formats, language }: ReportContext) {
  const state = today < wave.opensOn ? 'planned' : today < wave.closesOn ? 'collecting' : 'ended'
  return {
    id: wave.id,
    href: `/reports/${wave.id}${langQuery}`,
    title: wave.title[language],
    state: t(`admin.state_${state}`),
    facts: [
      t(`reports.mode_${wave.mode}`),
      t('reports.period_between', { from: formats.day(wave.opensOn), to: formats.day(addDays(wave.closesOn, -1)) }),
      t('reports.unit_count', { count: formats.count(wave.unitUids.length) }),
      t(wave.isSimulated ? 'admin.words_simulated' : 'admin.words_until', { day: formats.day(textEndsOn(wave)) }),
    ].join(' · '),
    questionnaire: wave.questionnaireHash.slice(0, 12),
    questionnaireHref: `/admin/questionnaires/${wave.questionnaireHash}${langQuery}`,
  }
}

function planOf({ kind, wave, digest }: NonNullable<WaveAnswer['plan']>, { t, formats, language }: ReportContext) {
  return {
    digest,
    words: t(`admin.${kind}`, {
      title: wave.title[language],
      units: formats.count(wave.unitUids.length),
      from: formats.day(wave.opensOn),
      to: formats.day(addDays(wave.closesOn, -1)),
      mode: t(`reports.mode_${wave.mode}`),
    }),
  }
}

const CITY_OFFSET_MS = 7 * 3_600_000

function jobRow({ job, doneSince, isHeld }: JobState, { t }: ReportContext) {
  const at = doneSince && new Date(doneSince.getTime() + CITY_OFFSET_MS).toISOString().slice(0, 16).replace('T', ' ')
  return {
    name: job,
    last: at ?? t('admin.job_never'),
    state: t(isHeld ? 'admin.job_running' : 'admin.job_waiting'),
  }
}
