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
  let sum = EMPTY_TALLY
  for (const tally of tallies) sum = addTallies(sum, tally)
  return sum
}

function addTallies(a: Tally, b: Tally): Tally {
  return {
    received: a.received + b.received,
    responses: a.responses + b.responses,
    items: addRecords(a.items, b.items, addItems),
    factors: addRecords(a.factors, b.factors, addComposites),
    overall: addComposites(a.overall, b.overall),
    balancedOverall: addComposites(a.balancedOverall, b.balancedOverall),
  }
}

function addItems(a: ItemTally, b: ItemTally): ItemTally {
  return { answered: a.answered + b.answered, codes: addRecords(a.codes, b.codes, (x, y) => x + y) }
}

function addComposites(a: CompositeTally, b: CompositeTally): CompositeTally {
  return {
    respondents: a.respondents + b.respondents,
    answers: a.answers + b.answers,
    hits: a.hits + b.hits,
    answersSquared: a.answersSquared + b.answersSquared,
    hitsSquared: a.hitsSquared + b.hitsSquared,
    answersTimesHits: a.answersTimesHits + b.answersTimesHits,
    scores: a.scores + b.scores,
    scoresSquared: a.scoresSquared + b.scoresSquared,
    answersTimesScores: a.answersTimesScores + b.answersTimesScores,
  }
}

function addRecords<Value>(
  a: Readonly<Record<string, Value>>,
  b: Readonly<Record<string, Value>>,
  add: (x: Value, y: Value) => Value,
): Readonly<Record<string, Value>> {
  const sum: Record<string, Value> = { ...a }
  for (const [key, value] of Object.entries(b)) {
    const other = sum[key]
    sum[key] = other === undefined ? value : add(other, value)
  }
  return sum
}
