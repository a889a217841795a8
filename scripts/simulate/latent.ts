import type { RatingItem } from '../../server/domain/questionnaire/definition.js'
import { CUTS } from './item-assumptions.js'

/** The code of a latent satisfaction; a negative statement is answered the other way round. */
export function codeOf(latent: number, { isReversed }: Pick<RatingItem, 'isReversed'>): number {
  const [two, three, four, five] = CUTS
  const code = latent < three ? (latent < two ? 1 : 2) : latent < four ? 3 : latent < five ? 4 : 5
  return isReversed ? 6 - code : code
}
