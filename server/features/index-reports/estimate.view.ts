import { DISCLOSURE_POLICIES, type ReaderClass } from '../../domain/disclosure/policy.js'
import type { LineEstimate } from '../../domain/report/shown-figures.js'
import type { Language } from '../../domain/survey/vocabulary.js'
import type { Translate } from '../../platform/text.js'
import type { ReportFormats } from './report-formats.js'

/** What a report's page is written with. */
export interface ReportContext {
  readonly language: Language
  readonly t: Translate
  readonly formats: ReportFormats
  /** Whose thresholds the words name; those inside the administration unless told. */
  readonly reader?: ReaderClass
}

/** A figure as finished text, or the words in its place: hidden on purpose, or nobody answered. */
export interface EstimateView {
  readonly isShown: boolean
  readonly isHidden: boolean
  /** Why nothing is shown, short; empty when something is. */
  readonly why: string
  readonly percent: string
  readonly interval: string
  readonly base: string
}

/** Puts an estimate into words; a flagged one carries † at its percent. */
export function toEstimateView(
  estimate: LineEstimate,
  { t, formats, reader = 'internal' }: ReportContext,
): EstimateView {
  const nothing = { isShown: false, percent: '', interval: '', base: '' }
  if (estimate.kind === 'empty') return { ...nothing, isHidden: false, why: t('reports.nobody') }
  if (estimate.kind === 'suppressed') {
    const { minRespondents, minReliableBase } = DISCLOSURE_POLICIES[reader]
    const why = t(`reports.hidden_${estimate.reason}`, { minRespondents, minReliableBase })
    return { ...nothing, isHidden: true, why }
  }
  const flag = estimate.reliability === 'flagged' ? '\u00a0†' : ''
  if (estimate.kind === 'coded') {
    const percent = `${t(`reports.${estimate.side}`, { percent: formats.count(estimate.percent) })}${flag}`
    return { ...nothing, isShown: true, isHidden: false, why: '', percent, base: formats.count(estimate.base) }
  }
  const { figures } = estimate
  return {
    isShown: true,
    isHidden: false,
    why: '',
    percent: `${formats.number(figures.topTwoBoxPercent)}${flag}`,
    interval: formats.interval(figures.interval),
    base: formats.count(figures.base),
  }
}
