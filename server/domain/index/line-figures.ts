import type { RatingItem } from '../questionnaire/definition.js'
import { type ClusterSums, effectiveBaseOfRatio } from '../statistics/cluster-ratio.js'
import { type PercentInterval, wilsonInterval } from '../statistics/wilson.js'
import { NONRESPONSE } from '../survey/vocabulary.js'
import { type AggregationRule, meanOfChildren } from './aggregate.js'
import { figuresOfCriterion } from './criterion.js'
import type { Instrument } from './instrument.js'
import type { Line } from './lines.js'
import { effectiveBaseOfMean, type MeanPart } from './mean-precision.js'
import { type ScaleCounts, scaleCountsOf } from './scoring.js'
import { EMPTY_COMPOSITE, type Tally } from './tally.js'

/** Nonresponse of one item, or added up over the items of a composite. */
export interface NonresponseCounts {
  readonly notApplicable: number
  readonly dontKnow: number
  readonly refused: number
  readonly blank: number
}

/** The numbers of one line of a report for one set of responses. Percents unrounded. */
export interface LineFigures {
  /** Respondents with at least one valid answer. */
  readonly base: number
  /** Valid answers: the base for one item, more for a composite. */
  readonly answers: number
  /** Valid answers by score, worst to best. */
  readonly counts: ScaleCounts
  readonly nonresponse: NonresponseCounts
  /** Percent at each score; under `mean_of_children` the mean over the parts, like the headline. */
  readonly percents: ScaleCounts
  readonly topTwoBoxPercent: number
  /** Mean rescaled to 0 (worst) … 100 (best). */
  readonly points: number
  /** Independent answers that would be as precise; the interval stands on it. */
  readonly effectiveBase: number
  readonly interval: PercentInterval
}

/**
 * Figures of one line, or `null` when nobody gave a valid answer.
 *
 * A criterion has Wilson's interval on its base. A composite has Wilson's interval on an effective base. Under `pooled` that
 * of its ratio, linearised with the respondent as cluster: n_eff = Σk/deff, V = n/(n−1)·Σ(tᵢ−Rkᵢ)²/(Σk)². Under
 * `mean_of_children` that of the ratio over answers weighted so that every part counts alike, lowered for parts that few
 * answered (`effectiveBaseOfMean`); the two are the same when no answer is missing.
 */
export function figuresOfLine(
  line: Line,
  tally: Tally,
  instrument: Instrument,
  rule: AggregationRule,
): LineFigures | null {
  if (line.item !== null) return figuresOfItem(line.item, tally)
  const groups = itemGroupsOf(line, instrument)
  const items = groups.flat()
  const counts = add(items.map((item) => scaleCountsOf(tally.items[item.code]?.codes ?? {}, item)))
  const pooled = figuresOfCriterion(counts)
  if (pooled === null) return null
  const headline = headlineOfLine(line, tally.items, instrument, rule)
  const sums = clusterSumsOf(line, tally, rule)
  if (headline === null || sums.respondents === 0) return null
  const effectiveBase =
    rule === 'pooled'
      ? effectiveBaseOfRatio(sums, pooled.validCount)
      : effectiveBaseOfMean(sums, pooled.validCount, meanPartsOf(line, groups, tally, instrument))
  return {
    base: sums.respondents,
    answers: pooled.validCount,
    counts,
    nonresponse: addNonresponse(items.map((item) => nonresponseOf(item.code, tally))),
    percents: headline.percents,
    topTwoBoxPercent: headline.topTwoBoxPercent,
    points: headline.points,
    effectiveBase,
    // The mean of percents may exceed 100 by a rounding error.
    interval: wilsonInterval(Math.min(1, headline.topTwoBoxPercent / 100), effectiveBase),
  }
}

/**
 * The percents of one line without their precision, from counts of answers alone: those may be sums of weights or shares of
 * counts.
 *
 * @returns `null` when nobody gave a valid answer
 */
export function headlineOfLine(
  line: Line,
  items: Tally['items'],
  instrument: Instrument,
  rule: AggregationRule,
): Headline | null {
  const countsOf = (item: RatingItem) => scaleCountsOf(items[item.code]?.codes ?? {}, item)
  if (line.item !== null) return figuresOfCriterion(countsOf(line.item))
  const groups = itemGroupsOf(line, instrument)
  if (rule === 'pooled') return figuresOfCriterion(add(groups.flat().map(countsOf)))
  return meanOf(groups.map((group) => meanOf(group.map((item) => figuresOfCriterion(countsOf(item))))))
}

/** Counts of the nonresponse codes of one item. */
export function nonresponseOf(code: string, tally: Tally): NonresponseCounts {
  const codes = tally.items[code]?.codes ?? {}
  return {
    notApplicable: codes[NONRESPONSE.notApplicable] ?? 0,
    dontKnow: codes[NONRESPONSE.dontKnow] ?? 0,
    refused: codes[NONRESPONSE.refused] ?? 0,
    blank: codes[NONRESPONSE.blank] ?? 0,
  }
}

function figuresOfItem(item: RatingItem, tally: Tally): LineFigures | null {
  const counts = scaleCountsOf(tally.items[item.code]?.codes ?? {}, item)
  const figures = figuresOfCriterion(counts)
  if (figures === null) return null
  const { validCount, percents, topTwoBoxPercent, points } = figures
  return {
    base: validCount,
    answers: validCount,
    counts,
    nonresponse: nonresponseOf(item.code, tally),
    percents,
    topTwoBoxPercent,
    points,
    effectiveBase: validCount,
    interval: wilsonInterval(topTwoBoxPercent / 100, validCount),
  }
}

/** The rating items of a composite, by factor. */
function itemGroupsOf(line: Line, instrument: Instrument): readonly (readonly RatingItem[])[] {
  const codes = new Set(line.level === 'overall' ? line.parts : [line.code])
  return instrument.factors
    .filter(({ factor }) => codes.has(factor.code))
    .map(({ items }) => items.map(({ item }) => item))
}

function clusterSumsOf(line: Line, tally: Tally, rule: AggregationRule): ClusterSums {
  if (line.level === 'factor') return tally.factors[line.code] ?? EMPTY_COMPOSITE
  return rule === 'pooled' ? tally.overall : tally.balancedOverall
}

/** The items of a mean that somebody answered, with their weights in it and in the ratio beside it. */
function meanPartsOf(
  { level }: Line,
  groups: readonly (readonly RatingItem[])[],
  tally: Tally,
  { balancedOverall }: Instrument,
): readonly MeanPart[] {
  const weights = new Map(level === 'overall' ? balancedOverall.map(({ item, weight }) => [item.code, weight]) : [])
  const answered = groups
    .map((items) =>
      items.flatMap(({ code, isReversed }) => {
        const counts = scaleCountsOf(tally.items[code]?.codes ?? {}, { isReversed })
        const validCount = counts.reduce((sum, count) => sum + count, 0)
        return validCount === 0 ? [] : [{ validCount, ratioWeight: weights.get(code) ?? 1 }]
      }),
    )
    .filter((parts) => parts.length > 0)
  return answered.flatMap((parts) =>
    parts.map((part) => ({ ...part, meanWeight: 1 / (answered.length * parts.length) })),
  )
}

/** The percents of a line. */
export type Headline = Pick<LineFigures, 'percents' | 'topTwoBoxPercent' | 'points'>

/** Mean of each figure over the parts that have one. */
function meanOf(parts: readonly (Headline | null)[]): Headline | null {
  const present = parts.filter((part) => part !== null)
  if (present.length === 0) return null
  const mean = (figure: (part: Headline) => number) => meanOfChildren(present.map(figure))!
  return {
    percents: [
      mean(({ percents }) => percents[0]),
      mean(({ percents }) => percents[1]),
      mean(({ percents }) => percents[2]),
      mean(({ percents }) => percents[3]),
      mean(({ percents }) => percents[4]),
    ],
    topTwoBoxPercent: mean(({ topTwoBoxPercent }) => topTwoBoxPercent),
    points: mean(({ points }) => points),
  }
}

function add(all: readonly ScaleCounts[]): ScaleCounts {
  return all.reduce<ScaleCounts>(
    (sum, [n1, n2, n3, n4, n5]) => [sum[0] + n1, sum[1] + n2, sum[2] + n3, sum[3] + n4, sum[4] + n5],
    [0, 0, 0, 0, 0],
  )
}

function addNonresponse(all: readonly NonresponseCounts[]): NonresponseCounts {
  const sum = (count: (part: NonresponseCounts) => number) => all.reduce((total, part) => total + count(part), 0)
  return {
    notApplicable: sum((part) => part.notApplicable),
    dontKnow: sum((part) => part.dontKnow),
    refused: sum((part) => part.refused),
    blank: sum((part) => part.blank),
  }
}
