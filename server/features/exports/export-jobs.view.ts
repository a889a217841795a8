import { cityDay } from '../../domain/survey/day.js'
import { LANGUAGES } from '../../domain/survey/vocabulary.js'
import type { Wave } from '../../domain/survey/wave.js'
import type { ReportContext } from '../index-reports/index.js'
import type { ExportJob } from './export-job.repository.js'
import { SEPARATORS } from './formats/csv.js'
import { FORMATS } from './formats/formats.js'
import { CUT_OFF_AFTER_MS, KEPT_MS } from './run-export-job.js'

/** The form as it was typed. */
export interface TypedExport {
  readonly wave: string
  readonly format: string
  readonly language: string
  readonly separator: string
}

export interface ExportsPage {
  readonly jobs: readonly ExportJob[]
  readonly waves: readonly Wave[]
  readonly now: Date
  readonly typed: TypedExport
  readonly fault: 'wave_missing' | null
  readonly csrfToken: string
  readonly langQuery: string
}

/** Exports with how far they are, their files, and the form for another. */
export function toExportsView(page: ExportsPage, context: ReportContext) {
  const { t, language } = context
  const { typed, fault } = page
  const option = (value: string, label: string, chosen: string) => ({ value, label, isChosen: value === chosen })
  return {
    pageTitle: fault === null ? t('exports.title') : t('accounts.title_with_error', { title: t('exports.title') }),
    heading: t('exports.title'),
    extraStyle: 'release.css',
    jobs: page.jobs.map((job) => jobView(job, page, context)),
    isRunning: page.jobs.some((job) => isBeingMade(job, page.now)),
    reloadHref: `/exports${page.langQuery}`,
    form: {
      action: `/exports${page.langQuery}`,
      csrfToken: page.csrfToken,
      fault: fault === null ? '' : t(`exports.fault_${fault}`),
      waves: page.waves.map(({ id, title }) => option(id, title[language], typed.wave)),
      formats: FORMATS.map((format) => option(format, t(`exports.format_${format}`), typed.format)),
      languages: LANGUAGES.map((code) => option(code, t(`exports.language_${code}`), typed.language)),
      separators: SEPARATORS.map((separator) =>
        option(separator, t(separator === ',' ? 'exports.comma' : 'exports.semicolon'), typed.separator),
      ),
    },
  }
}

/** Whether some process is at it: one that has said nothing for a minute was cut off. */
export const isBeingMade = ({ state, aliveAt }: ExportJob, now: Date): boolean =>
  state === 'running' && now.getTime() - aliveAt.getTime() <= CUT_OFF_AFTER_MS

const stateOf = (job: ExportJob, now: Date) =>
  job.state === 'running' && !isBeingMade(job, now) ? 'cut_off' : job.state

function jobView(job: ExportJob, { waves, now, langQuery, csrfToken }: ExportsPage, context: ReportContext) {
  const { t, formats, language } = context
  const state = stateOf(job, now)
  const rows = formats.count(job.rows)
  return {
    title: waves.find(({ id }) => id === job.waveId)?.title[language] ?? job.waveId,
    facts: [
      t(`exports.format_${job.format}`),
      t(`exports.language_${job.language}`),
      t('exports.asked', { name: job.askedBy, day: formats.day(cityDay(job.askedAt)) }),
    ].join(' · '),
    state: state === 'running' ? t(`exports.step_${job.step}`, { rows }) : t(`exports.state_${state}`, { rows }),
    isRunning: state === 'running',
    until:
      state === 'done'
        ? t('exports.until', { day: formats.day(cityDay(new Date(job.askedAt.getTime() + KEPT_MS))) })
        : '',
    files: job.files.map(({ name, bytes, sha256 }) => ({
      name,
      href: `/exports/${job.id}/${name}`,
      size: t('exports.kilobytes', { count: formats.count(Math.ceil(bytes / 1000)) }),
      sha256,
    })),
    remove: state === 'running' ? null : { action: `/exports/${job.id}/remove${langQuery}`, csrfToken },
  }
}
