import type { PercentInterval } from '../../domain/statistics/wilson.js'

const START_STEP = 20
/** Beyond this share of the width a label stands to the left of its line. */
const FAR_RIGHT_PERCENT = 60
const LABEL_SHIFT_PX = 6

/**
 * A percent with its interval and a value to compare with, on an axis that ends at 100.
 *
 * Positions are percents of the width, given as SVG attributes: the pages allow no inline style.
 */
export interface RulerView {
  readonly pointX: string
  readonly intervalX: string
  readonly intervalWidth: string
  readonly medianX: string | null
  readonly medianAnchor: 'start' | 'end'
  /** Distance of the label from the median's line, in pixels. */
  readonly medianShift: number
  readonly ticks: readonly { readonly x: string; readonly label: string; readonly anchor: 'start' | 'middle' | 'end' }[]
}

/** Lays a ruler out; it begins at the last multiple of 20 below everything drawn. */
export function toRulerView(percent: number, interval: PercentInterval, median: number | null): RulerView {
  const lowest = Math.min(interval.lowPercent, percent, median ?? 100)
  const start = Math.min(100 - START_STEP, Math.floor(lowest / START_STEP) * START_STEP)
  const place = (value: number) => (100 * (value - start)) / (100 - start)
  const isFarRight = median !== null && place(median) > FAR_RIGHT_PERCENT
  const step = tickStep(100 - start)
  const ticks = Array.from({ length: (100 - start) / step + 1 }, (_, i) => start + i * step)
  return {
    pointX: position(place(percent)),
    intervalX: position(place(interval.lowPercent)),
    intervalWidth: position(place(interval.highPercent) - place(interval.lowPercent)),
    medianX: median === null ? null : position(place(median)),
    medianAnchor: isFarRight ? 'end' : 'start',
    medianShift: isFarRight ? -LABEL_SHIFT_PX : LABEL_SHIFT_PX,
    ticks: ticks.map((value) => ({
      x: position(place(value)),
      label: String(value),
      anchor: value === start ? 'start' : value === 100 ? 'end' : 'middle',
    })),
  }
}

/** Four or five ticks on every ruler. */
function tickStep(range: number): number {
  if (range <= 20) return 5
  return range <= 40 ? 10 : 20
}

const position = (value: number) => `${Number(value.toFixed(2))}%`
