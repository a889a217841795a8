import type { AggregationRule } from '../index/aggregate.js'
import type { Instrument } from '../index/instrument.js'
import { figuresOfLine, headlineOfLine, type LineFigures } from '../index/line-figures.js'
import type { Line } from '../index/lines.js'
import type { ScaleCounts } from '../index/scoring.js'
import { mergeTallies, type Tally } from '../index/tally.js'
import { wilsonInterval } from '../statistics/wilson.js'

/** Counts of an old unit, and how much of it belongs to the new one. */
export interface SharedTally {
  /** More than 0, at most 1. */
  readonly share: number
  readonly tally: Tally
}

/**
 * Figures of a unit made of known shares of others ("ước tính"): counts of answers, taken by share and added up.
 *
 * The percent is Σ share·satisfied / Σ share·valid, item by item, which takes the part of a unit to answer like the whole. The
 * interval stands on Σ share·nₑ: that of as many people as the shares stand for, not of all who were asked about the old units,
 * although their answers are all in it. It is the width without regard to whether the part is like the whole, which no
 * sample of the whole can tell. `base` is Σ share·n rounded down: a size to hold thresholds to, no count of people.
 *
 * Whole units only: the figures of their pooled tallies, exactly.
 *
 * @returns the figures of a line under a rule; `null` when nobody gave a valid answer to it
 * @see methodology 7.4 rule 5; server/decisions on series for the choice of the base
 */
export function figuresOfShares(
  parts: readonly SharedTally[],
  instrument: Instrument,
): (line: Line, rule: AggregationRule) => LineFigures | null {
  if (parts.every(({ share }) => share === 1)) {
    const pooled = mergeTallies(parts.map(({ tally }) => tally))
    return (line, rule) => figuresOfLine(line, pooled, instrument, rule)
  }
  const items = scaledItems(parts)
  return (line, rule) =>
    estimatedFigures(line, parts, headlineOfLine(line, items, instrument, rule), { instrument, rule })
}

function estimatedFigures(
  line: Line,
  parts: readonly SharedTally[],
  headline: ReturnType<typeof headlineOfLine>,
  { instrument, rule }: { readonly instrument: Instrument; readonly rule: AggregationRule },
): LineFigures | null {
  const own = parts.map(({ share, tally }) => ({ share, figures: figuresOfLine(line, tally, instrument, rule) }))
  const sum = (value: (figures: LineFigures) => number) =>
    own.reduce((total, { share, figures }) => total + (figures === null ? 0 : share * value(figures)), 0)
  if (headline === null) return null
  const { percents, topTwoBoxPercent, points } = headline
  const effectiveBase = sum((figures) => figures.effectiveBase)
  return {
    base: Math.floor(sum(({ base }) => base)),
    answers: sum(({ answers }) => answers),
    counts: fiveOf((i) => sum(({ counts }) => counts[i])),
    nonresponse: {
      notApplicable: sum(({ nonresponse }) => nonresponse.notApplicable),
      dontKnow: sum(({ nonresponse }) => nonresponse.dontKnow),
      refused: sum(({ nonresponse }) => nonresponse.refused),
      blank: sum(({ nonresponse }) => nonresponse.blank),
    },
    percents,
    topTwoBoxPercent,
    points,
    effectiveBase,
    interval: wilsonInterval(Math.min(1, topTwoBoxPercent / 100), effectiveBase),
  }
}

function scaledItems(parts: readonly SharedTally[]): Tally['items'] {
  const items: Record<string, { answered: number; codes: Record<string, number> }> = {}
  for (const { share, tally } of parts) {
    for (const [code, { answered, codes }] of Object.entries(tally.items)) {
      items[code] ??= { answered: 0, codes: {} }
      items[code].answered += share * answered
      for (const [answer, count] of Object.entries(codes)) {
        items[code].codes[answer] = (items[code].codes[answer] ?? 0) + share * count
      }
    }
  }
  return items
}

function fiveOf(value: (i: 0 | 1 | 2 | 3 | 4) => number): ScaleCounts {
  return [value(0), value(1), value(2), value(3), value(4)]
}
