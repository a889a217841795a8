import type { Estimate } from '../../domain/disclosure/estimate.js'
import { DISCLOSURE_POLICIES } from '../../domain/disclosure/policy.js'
import type { LineFigures } from '../../domain/index/line-figures.js'
import type { Language } from '../../domain/survey/vocabulary.js'
import type { Translate } from '../../platform/text.js'
import type { ReportFormats } from './report-formats.js'

/** What a report's page is written with. */
export interface ReportContext {
  readonly language: Language
  readonly t: Translate
  readonly formats: ReportFormats
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

const { minRespondents, minReliableBase } = DISCLOSURE_POLICIES.internal

/** Puts an estimate into words; a flagged one carries † at its percent. */
export function toEstimateView(estimate: Estimate<LineFigures>, { t, formats }: ReportContext): EstimateView {
  const nothing = { isShown: false, percent: '', interval: '', base: '' }
  if (estimate.kind === 'empty') return { ...nothing, isHidden: false, why: t('reports.nobody') }
  if (estimate.kind === 'suppressed') {
    const why = t(`reports.hidden_${estimate.reason}`, { minRespondents, minReliableBase })
    return { ...nothing, isHidden: true, why }
  }
  const { figures, reliability } = estimate
  return {
    isShown: true,
    isHidden: false,
    why: '',
    percent: `${formats.number(figures.topTwoBoxPercent)}${reliability === 'flagged' ? '\u00a0†' : ''}`,
    interval: formats.interval(figures.interval),
    base: formats.count(figures.base),
  }
}
