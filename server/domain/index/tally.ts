import type { ClusterSums } from '../statistics/cluster-ratio.js'

/** How often each code was answered, as answered (reversed items not turned round). Absent code: never. */
export type CodeCounts = Readonly<Record<string, number>>

/** Counts of one rating, choice, multiple-choice or banded year item. */
export interface ItemTally {
  /** Respondents with at least one answer that is not a nonresponse code 96 to 99. */
  readonly answered: number
  readonly codes: CodeCounts
}

/**
 * Respondent-level sums of a composite; xᵢ = sum of the scores 1 to 5 of respondent i's valid answers.
 *
 * Whole numbers that add up over any split of the respondents, from which ratio, mean and their variances follow.
 */
export interface CompositeTally extends ClusterSums {
  /** Σx */
  readonly scores: number
  /** Σx² */
  readonly scoresSquared: number
  /** Σkx */
  readonly answersTimesScores: number
}

/** Mergeable whole-number counts of a set of responses to one questionnaire version. */
export interface Tally {
  /** Cases received, complete or partial. */
  readonly received: number
  /** Complete cases: everything below counts these only (methodology 1.5, validity of a questionnaire). */
  readonly responses: number
  readonly items: Readonly<Record<string, ItemTally>>
  /** By factor code, modules included. */
  readonly factors: Readonly<Record<string, CompositeTally>>
  /** Items of the index factors, each answer once. */
  readonly overall: CompositeTally
  /** Items of the index factors, weighted so that every factor counts alike. */
  readonly balancedOverall: CompositeTally
}

/** The composite of nobody. */
export const EMPTY_COMPOSITE: CompositeTally = {
  respondents: 0,
  answers: 0,
  hits: 0,
  answersSquared: 0,
  hitsSquared: 0,
  answersTimesHits: 0,
  scores: 0,
  scoresSquared: 0,
  answersTimesScores: 0,
}

/** The tally of no response: merging it changes nothing. */
export const EMPTY_TALLY: Tally = {
  received: 0,
  responses: 0,
  items: {},
  factors: {},
  overall: EMPTY_COMPOSITE,
  balancedOverall: EMPTY_COMPOSITE,
}

/**
 * Adds tallies of disjoint sets of responses to the same questionnaire version.
 *
 * Merging in any order and grouping gives the tally of all responses at once.
 */
export function mergeTallies(tallies: Iterable<Tally>): Tally {
  const sum = createTallySum()
  for (const tally of tallies) sum.add(tally)
  return sum.result
}

/**
 * Takes the tally of some of the responses out of the tally of all of them.
 *
 * @throws {RangeError} when they are not among them: a count would fall below nobody
 */
export function withoutTally(whole: Tally, part: Tally): Tally {
  const known = (codes: object, of: object) => Object.keys(of).every((key) => key in codes)
  if (!known(whole.items, part.items) || !known(whole.factors, part.factors)) throw notAmong()
  const items = Object.entries(whole.items).map(([code, item]) => [code, withoutItem(item, part.items[code])] as const)
  const factors = Object.entries(whole.factors).map(
    ([code, factor]) => [code, withoutSums(factor, part.factors[code] ?? EMPTY_COMPOSITE)] as const,
  )
  return {
    received: less(whole.received, part.received),
    responses: less(whole.responses, part.responses),
    // Without the entries of nobody, as a tally is counted.
    items: Object.fromEntries(items.filter(([, { codes }]) => Object.keys(codes).length > 0)),
    factors: Object.fromEntries(factors.filter(([, { respondents }]) => respondents > 0)),
    overall: withoutSums(whole.overall, part.overall),
    balancedOverall: withoutSums(whole.balancedOverall, part.balancedOverall),
  }
}

const notAmong = () => new RangeError('Not among the responses: a count would fall below nobody')

function less(whole: number, part: number): number {
  if (part > whole) throw notAmong()
  return whole - part
}

function withoutItem(whole: ItemTally, part: ItemTally = { answered: 0, codes: {} }): ItemTally {
  if (Object.keys(part.codes).some((code) => whole.codes[code] === undefined)) throw notAmong()
  const codes = Object.entries(whole.codes).map(([code, count]) => [code, less(count, part.codes[code] ?? 0)] as const)
  return {
    answered: less(whole.answered, part.answered),
    codes: Object.fromEntries(codes.filter(([, count]) => count > 0)),
  }
}

const withoutSums = (whole: CompositeTally, part: CompositeTally): CompositeTally => ({
  respondents: less(whole.respondents, part.respondents),
  answers: less(whole.answers, part.answers),
  hits: less(whole.hits, part.hits),
  answersSquared: less(whole.answersSquared, part.answersSquared),
  hitsSquared: less(whole.hitsSquared, part.hitsSquared),
  answersTimesHits: less(whole.answersTimesHits, part.answersTimesHits),
  scores: less(whole.scores, part.scores),
  scoresSquared: less(whole.scoresSquared, part.scoresSquared),
  answersTimesScores: less(whole.answersTimesScores, part.answersTimesScores),
})

/** A merged tally that grows by one tally at a time; `result` is the sum so far and grows with it. */
export interface TallySum {
  add(tally: Tally): void
  readonly result: Tally
}

/** Starts the merged tally of no tallies. */
export function createTallySum(): TallySum {
  // Added up in place: a report merges thousands, and a new object for each would cost more than the sums.
  const sum = {
    received: 0,
    responses: 0,
    items: {} as Record<string, Mutable<ItemTally>>,
    factors: {} as Record<string, Mutable<CompositeTally>>,
    overall: { ...EMPTY_COMPOSITE },
    balancedOverall: { ...EMPTY_COMPOSITE },
  }
  return {
    result: sum,
    add(tally) {
      sum.received += tally.received
      sum.responses += tally.responses
      for (const [code, item] of Object.entries(tally.items)) {
        sum.items[code] ??= { answered: 0, codes: {} }
        addItem(sum.items[code], item)
      }
      for (const [code, composite] of Object.entries(tally.factors)) {
        sum.factors[code] ??= { ...EMPTY_COMPOSITE }
        addComposite(sum.factors[code], composite)
      }
      addComposite(sum.overall, tally.overall)
      addComposite(sum.balancedOverall, tally.balancedOverall)
    },
  }
}

type Mutable<Record> = { -readonly [Key in keyof Record]: Record[Key] }

function addItem(sum: Mutable<ItemTally>, item: ItemTally): void {
  const codes = sum.codes as Record<string, number>
  for (const [code, count] of Object.entries(item.codes)) codes[code] = (codes[code] ?? 0) + count
  sum.answered += item.answered
}

const COMPOSITE_SUMS = Object.keys(EMPTY_COMPOSITE) as (keyof CompositeTally)[]

function addComposite(sum: Mutable<CompositeTally>, composite: CompositeTally): void {
  for (const key of COMPOSITE_SUMS) sum[key] += composite[key]
}
