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
} from './assumptions.js'
import { codeOf } from './effects.js'
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

/**
 * A rating, or why there is none.
 *
 * @param felt what is felt about this item before the noise of answering, and whether the person reads it at all
 */
export function answerRating(
  random: Random,
  item: RatingItem,
  felt: { readonly latent: number; readonly isStraightliner: boolean },
  answers: Answers,
): number {
  if (random.chance(naChance(item, answers))) return NONRESPONSE.notApplicable
  if (item.allowsDontKnow && random.chance(DONT_KNOW[item.code] ?? OTHER_DONT_KNOW)) return NONRESPONSE.dontKnow
  // Straightliners do not read: a negative statement gets the same code as the others.
  if (felt.isStraightliner) return codeOf(felt.latent, { isReversed: false })
  return codeOf(felt.latent + SPREAD.answer * random.normal(), item)
}

function weightsOf(item: string, codes: readonly number[], mood: number): (readonly [number, number])[] {
  const weights = OPTION_WEIGHTS[item]
  const unhappy = UNHAPPY_OPTION[item]
  return codes.map((code) => {
    const tilt = unhappy?.code === code ? Math.exp(-unhappy.strength * mood) : 1
    return [code, (weights ? (weights[code] ?? 0) : 1) * tilt] as const
  })
}

/** A fact: drawn by the weights of its options, some of which grow where the mood is low. */
export function answerChoice(random: Random, item: ChoiceItem, mood: number): number {
  const offered = item.options.map(({ code }) => code).filter((code) => !item.stopsAt?.includes(code))
  return random.weighted(weightsOf(item.code, offered, mood))
}

/** A year of birth or founding, as the band that is stored; without bands a year in the last forty. */
export function answerYear(random: Random, item: YearItem, on: string): number {
  const codes = item.bands?.map(({ code }) => code)
  if (codes) return random.weighted(weightsOf(item.code, codes, 0))
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
