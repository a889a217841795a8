/**
 * Where the marks of small drawings stand, as percent of their width.
 *
 * The drawings are SVG with positions as attributes: the pages allow no inline style.
 */
import type { ScaleCounts } from '../../domain/index/scoring.js'
import type { PercentInterval } from '../../domain/statistics/wilson.js'

const TICK_STEP = 20
/** Narrower parts of a bar have no room for their number. */
const MIN_LABELLED_PERCENT = 8

/** A length as SVG reads it. */
export const svgPercent = (value: number) => `${Number(value.toFixed(2))}%`

/** One of the five parts of a bar. */
export interface BarPart {
  /** Class of its colour, `l1` worst to `l5` best. */
  readonly level: string
  readonly x: string
  readonly width: string
  readonly middle: string
  /** Rounded percent, empty where there is no room. */
  readonly label: string
}

/** The five shares side by side; parts of nothing are left out. */
export function barParts(percents: ScaleCounts): readonly BarPart[] {
  return percents.flatMap((percent, i) => {
    const start = percents.slice(0, i).reduce((sum, value) => sum + value, 0)
    if (percent <= 0) return []
    const label = percent >= MIN_LABELLED_PERCENT ? String(Math.round(percent)) : ''
    return [
      {
        level: `l${i + 1}`,
        x: svgPercent(start),
        width: svgPercent(percent),
        middle: svgPercent(start + percent / 2),
        label,
      },
    ]
  })
}

/** A percent with its interval and a value to compare with, on an axis that ends at 100. */
export interface Ruler {
  readonly pointX: string
  readonly intervalX: string
  readonly intervalWidth: string
  readonly medianX: string | null
  /** The label of the median stands on the side with more room. */
  readonly medianAnchor: 'start' | 'end'
  /** Distance of the label from the median's line, in pixels. */
  readonly medianShift: number
  readonly ticks: readonly { readonly x: string; readonly label: string; readonly anchor: 'start' | 'middle' | 'end' }[]
}

/** Lays a ruler out; it begins at the last multiple of 20 below everything drawn. */
export function rulerOf(percent: number, interval: PercentInterval, median: number | null): Ruler {
  const lowest = Math.min(interval.lowPercent, percent, median ?? 100)
  const start = Math.min(80, Math.floor(lowest / TICK_STEP) * TICK_STEP)
  const place = (value: number) => (100 * (value - start)) / (100 - start)
  const isFarRight = median !== null && place(median) > 60
  const values = Array.from({ length: (100 - start) / TICK_STEP + 1 }, (_, i) => start + i * TICK_STEP)
  return {
    pointX: svgPercent(place(percent)),
    intervalX: svgPercent(place(interval.lowPercent)),
    intervalWidth: svgPercent(place(interval.highPercent) - place(interval.lowPercent)),
    medianX: median === null ? null : svgPercent(place(median)),
    medianAnchor: isFarRight ? 'end' : 'start',
    medianShift: isFarRight ? -6 : 6,
    ticks: values.map((value) => ({
      x: svgPercent(place(value)),
      label: String(value),
      anchor: value === start ? 'start' : value === 100 ? 'end' : 'middle',
    })),
  }
}
