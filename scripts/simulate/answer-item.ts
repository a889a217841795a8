import type {
  Answer,
  Answers,
  ChoiceItem,
  MultiItem,
  RatingItem,
  YearItem,
} from '../../server/domain/questionnaire/definition.js'
import { NONRESPONSE } from '../../server/domain/survey/vocabulary.js'
import {
  DONT_KNOW,
  NOT_APPLICABLE,
  OPTION_WEIGHTS,
  OTHER_DONT_KNOW,
  OTHER_NOT_APPLICABLE,
  SPREAD,
  UNHAPPY_OPTION,
} from './item-assumptions.js'
import { codeOf } from './latent.js'
import type { Random } from './random.js'

/** Item S7 of the citizen form: whether a result is there to be judged; its code for "result received". */
const OUTCOME_ITEM = 'S7'
const RESULT_RECEIVED = 1

function naChance(item: RatingItem, answers: Answers): number {
  if (!item.allowsNotApplicable) return 0
  const outcome = answers[OUTCOME_ITEM]
  if (/^D\d$/.test(item.code) && outcome !== undefined && outcome !== RESULT_RECEIVED) return 0.9
  return NOT_APPLICABLE[item.code] ?? OTHER_NOT_APPLICABLE
}

/** How people answer ratings, whatever they feel. */
export interface AnsweringStyle {
  readonly isStraightliner: boolean
  readonly isAfraid: boolean
  /** Whether "don't know" and blanks occur at all. */
  readonly hasItemNonresponse: boolean
}

const NEUTRAL = 3

/**
 * A rating, or why there is none.
 *
 * @param latent how the person stands to the item before the noise of answering
 */
export function answerRating(
  random: Random,
  item: RatingItem,
  latent: number,
  style: AnsweringStyle,
  answers: Answers,
): number {
  if (random.chance(naChance(item, answers))) return NONRESPONSE.notApplicable
  const unknownShare = item.allowsDontKnow && style.hasItemNonresponse ? (DONT_KNOW[item.code] ?? OTHER_DONT_KNOW) : 0
  if (random.chance(unknownShare)) return NONRESPONSE.dontKnow
  // Straightliners do not read: a negative statement gets the same code as the others.
  if (style.isStraightliner) return codeOf(latent, { isReversed: false })
  const code = codeOf(latent + SPREAD.answer * random.normal(), item)
  const isComplaint = item.isReversed ? code > NEUTRAL : code < NEUTRAL
  return style.isAfraid && isComplaint ? NEUTRAL : code
}

/** A fact: drawn by the weights of its options, some of which grow where the mood is low. */
export function answerChoice(random: Random, item: ChoiceItem, mood: number): number {
  const weights = OPTION_WEIGHTS[item.code]
  const unhappy = UNHAPPY_OPTION[item.code]
  const offered: (readonly [number, number])[] = []
  for (const { code } of item.options) {
    if (item.stopsAt?.includes(code)) continue
    const tilt = unhappy?.code === code ? Math.exp(-unhappy.strength * mood) : 1
    offered.push([code, (weights ? (weights[code] ?? 0) : 1) * tilt])
  }
  return random.weighted(offered)
}

/** A year of birth or founding: any band of those that are stored; without bands a year in the last forty. */
export function answerYear(random: Random, item: YearItem, on: string): number {
  if (item.bands) return random.pick(item.bands).code
  return Number(on.slice(0, 4)) - (item.minAgeYears ?? 0) - 1 - random.below(40)
}

/** Wishes: up to the maximum, what was rated low before what was not. */
export function answerMulti(random: Random, item: MultiItem, answers: Answers): Answer {
  const wanted = random.weighted([
    [0, 2],
    [1, 3],
    [2, 3],
    [3, 4],
  ])
  const chosen = item.options
    .map(({ code, about }) => {
      const rated = about === undefined ? undefined : answers[about]
      const isLow = typeof rated === 'number' && rated <= 3
      return { code, urge: random.uniform() + (isLow ? 0.7 : 0) }
    })
    .sort((a, b) => b.urge - a.urge)
    .slice(0, Math.min(wanted, item.maxChoices))
  return chosen.map(({ code }) => code).sort((a, b) => a - b)
}
