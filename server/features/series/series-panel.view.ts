import type { PanelLine, SeriesPoint } from '../../domain/series/series.js'
import { isComparable } from '../../domain/series/series-breaks.js'
import { itemLabel } from '../index-reports/index.js'
import { type ChangeView, toChangeView } from './change.view.js'
import { drawnRuns } from './drawn-runs.js'
import { lineName } from './series-query.js'
import { pointFigure } from './series-table.view.js'
import { type SeriesWords, whenText } from './series-words.js'

const WIDTH = 160
const HEIGHT = 40

/** A small drawing of a line's course on the scale from 0 to 100; the figures stand in its label. */
export interface Spark {
  readonly label: string
  readonly lines: readonly string[]
  readonly dots: readonly { readonly x: number; readonly y: number }[]
  readonly breaks: readonly number[]
}

/** One line of the panel. */
export interface PanelRow {
  readonly label: string
  readonly href: string
  readonly isOverall: boolean
  readonly spark: Spark
  readonly latest: string
  readonly interval: string
  readonly change: ChangeView | null
}

/** The index and its factors over the same time, each linked to its own series. */
export function toPanelRows(
  panel: readonly PanelLine[],
  hrefOf: (line: string) => string,
  words: SeriesWords,
): readonly PanelRow[] {
  return panel.map(({ series: { line, points }, change }) => {
    const last = points.findLast(({ outcome }) => outcome.kind === 'published') ?? points.at(-1)
    const figure = last && pointFigure(last, words)
    return {
      label: itemLabel(line, words),
      href: hrefOf(lineName(line)),
      isOverall: line.level === 'overall',
      spark: toSpark(itemLabel(line, words), points, words),
      latest: figure === undefined ? '' : figure.isShown ? figure.percent : figure.why,
      interval: figure?.interval ?? '',
      change: toChangeView(change, words),
    }
  })
}

function toSpark(line: string, points: readonly SeriesPoint[], words: SeriesWords): Spark {
  const step = points.length < 2 ? 0 : WIDTH / (points.length - 1)
  const runOf = drawnRuns(points)
  const places = points.map(({ outcome }, i) => ({
    run: runOf[i],
    x: points.length < 2 ? WIDTH / 2 : round(i * step),
    y: outcome.kind === 'published' ? round(HEIGHT * (1 - outcome.figures.topTwoBoxPercent / 100)) : null,
  }))
  const runs: { x: number; y: number }[][] = []
  let before: (typeof places)[number] | null = null
  for (const place of places) {
    const { x, y, run } = place
    if (y !== null && before?.y != null && before.run === run) runs.at(-1)?.push({ x, y })
    else if (y !== null) runs.push([{ x, y }])
    before = place
  }
  const figures = points.map((point) => {
    const { isShown, percent, why } = pointFigure(point, words)
    return `${whenText(point, words)}: ${isShown ? percent : why}`
  })
  return {
    label: words.t('series.spark', { line, figures: figures.join('; ') }),
    lines: runs.filter((run) => run.length > 1).map((run) => run.map(({ x, y }) => `${x},${y}`).join(' ')),
    dots: runs.filter((run) => run.length === 1).flat(),
    breaks: points.flatMap(({ breaks }, i) => (isComparable(breaks) ? [] : [round((i - 0.5) * step)])),
  }
}

const round = (value: number) => Math.round(value * 10) / 10
