import { NONRESPONSE } from '../survey/vocabulary.js'
import type { Method, Transformation } from './method.js'

/** What of a method decides about one answer. */
export type ScoringOf = Pick<Method, 'scale' | 'transformation' | 'points'>

/** Transformations that give the percent of answers with some property: the ones Wilson's interval is made for. */
export const SHARE_TRANSFORMATIONS: readonly Transformation[] = [
  'top_two_share',
  'bottom_two_share',
  'middle_share',
  'agree_share',
  'valid_share',
]

/**
 * Code of the opposite answer; nonresponse stays what it is. Reversing twice gives the code back.
 *
 * @example reverseCode(2, { lowest: 1, highest: 5 }) // 4
 */
export function reverseCode(code: number, scale: Method['scale']): number {
  return isOnScale(code, scale) ? scale.lowest + scale.highest - code : code
}

/**
 * What one answer adds to the sum whose mean is the figure of the criterion.
 *
 * Every transformation is the mean of a number per answer, so figures, pooling and variances follow from one table:
 *
 * - `top_two_share`, `bottom_two_share`: 100 at the two best or the two worst codes, else 0
 * - `middle_share`: 100 at the codes between them
 * - `agree_share`: 100 at the two best codes, over everything but "not applicable": don't know, refused and blank count as not agreeing
 * - `valid_share`: 100 for an answer on the scale, over everybody asked
 * - `net_share`: +1 at the two best, −1 at the two worst, 0 between
 * - `mean`: the code; `mean_minus_3`: the code − 3; `rescale_0_100`: 100·(code − lowest)/(highest − lowest)
 * - `mean_points`: the points the method gives to the code
 *
 * @param code as stored, 96 to 99 for nonresponse
 * @returns `null` when the answer is outside the denominator
 * @throws {RangeError} when the method has no points for a code of its scale
 * @see methodology 1.5, 3.2, 4.1, 4.4, 4.5
 */
export function scoreOfAnswer(code: number, { scale, transformation, points }: ScoringOf): number | null {
  const isValid = isOnScale(code, scale)
  if (transformation === 'valid_share') return isValid ? 100 : 0
  if (transformation === 'agree_share') {
    if (code === NONRESPONSE.notApplicable) return null
    return isValid && isTop(code, scale) ? 100 : 0
  }
  return isValid ? VALID_SCORES[transformation](code, scale, points) : null
}

type ValidScore = (code: number, scale: Method['scale'], points: Method['points']) => number

/** Scores of answers on the scale, for the transformations that count nothing else. */
const VALID_SCORES: Readonly<Record<Exclude<Transformation, 'valid_share' | 'agree_share'>, ValidScore>> = {
  top_two_share: (code, scale) => (isTop(code, scale) ? 100 : 0),
  bottom_two_share: (code, scale) => (isBottom(code, scale) ? 100 : 0),
  middle_share: (code, scale) => (isTop(code, scale) || isBottom(code, scale) ? 0 : 100),
  net_share: (code, scale) => Number(isTop(code, scale)) - Number(isBottom(code, scale)),
  mean: (code) => code,
  mean_minus_3: (code) => code - 3,
  rescale_0_100: (code, { lowest, highest }) => (100 * (code - lowest)) / (highest - lowest),
  mean_points: (code, _, points) => pointsOf(code, points),
}

const isTop = (code: number, { highest }: Method['scale']) => code > highest - 2
const isBottom = (code: number, { lowest }: Method['scale']) => code < lowest + 2

function isOnScale(code: number, { lowest, highest }: Method['scale']): boolean {
  return Number.isInteger(code) && code >= lowest && code <= highest
}

function pointsOf(code: number, points: Method['points']): number {
  const value = points?.[code]
  if (value === undefined) throw new RangeError(`The method gives no points to code ${code}`)
  return value
}
