import type { SeriesChange } from '../../domain/series/series-changes.js'
import type { ReportContext, ReportFormats } from '../index-reports/index.js'

/** `+1,0 – +5,2`, on one line. */
export function signedInterval(low: number, high: number, formats: Pick<ReportFormats, 'signed'>): string {
  return `${formats.signed(low)}\u00a0–\u2060\u00a0${formats.signed(high)}`
}

/** A change as finished text. */
export interface ChangeView {
  readonly points: string
  readonly interval: string
  /** `rise`, `fall` or `noise`: the class of the verdict. */
  readonly kind: SeriesChange['verdict']
  readonly verdict: string
  readonly short: string
}

/** Puts a change into words; `null` where there is none. */
export function toChangeView(change: SeriesChange | null, { t, formats }: ReportContext): ChangeView | null {
  if (change === null) return null
  return {
    points: formats.signed(change.points),
    interval: signedInterval(change.lowPoints, change.highPoints, formats),
    kind: change.verdict,
    verdict: t(`series.verdict_${change.verdict}`),
    short: t(`series.short_${change.verdict}`),
  }
}
