import type { Estimate } from '../../domain/disclosure/estimate.js'
import { DISCLOSURE_POLICIES } from '../../domain/disclosure/policy.js'
import type { LineFigures } from '../../domain/index/line-figures.js'
import type { Translate } from '../../platform/text.js'
import type { FigureFormats } from './figure-formats.js'

/** What the sentences of a page are written with. */
export interface Wording {
  readonly t: Translate
  readonly formats: FigureFormats
}

/** A figure as finished text, or the sentence that stands in its place. */
export type EstimateView =
  | { readonly isShown: true; readonly percent: string; readonly interval: string; readonly base: string }
  | { readonly isShown: false; readonly isHidden: boolean; readonly why: string }

const { minRespondents, minReliableBase } = DISCLOSURE_POLICIES.internal

/** Puts an estimate into words; a flagged one carries † at its percent. */
export function toEstimateView(estimate: Estimate<LineFigures>, { t, formats }: Wording): EstimateView {
  if (estimate.kind === 'empty') return { isShown: false, isHidden: false, why: t('agency.no_answers') }
  if (estimate.kind === 'suppressed') {
    const why = t(`agency.hidden_${estimate.reason}`, { minRespondents, minReliableBase })
    return { isShown: false, isHidden: true, why }
  }
  const { figures, reliability } = estimate
  return {
    isShown: true,
    percent: `${formats.number(figures.topTwoBoxPercent)}${reliability === 'flagged' ? '\u00a0†' : ''}`,
    interval: formats.interval(figures.interval),
    base: formats.count(figures.base),
  }
}
