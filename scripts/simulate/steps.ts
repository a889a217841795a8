import type { Item, Questionnaire } from '../../server/domain/questionnaire/definition.js'
import { type PlacedItem, placedItems } from '../../server/domain/questionnaire/routing.js'
import { ITEM_EFFECT, OFFICER_LOADING, OTHER_ITEM_SPREAD, OTHER_OFFICER_LOADING } from './item-assumptions.js'
import { createRandom } from './random.js'

/** One item of a questionnaire in the order of asking, with what the simulation has to know of it. */
export interface Step {
  readonly placed: PlacedItem
  readonly item: Item
  /** Place of its factor in `Steps.factors`. */
  readonly factor: number
  /** How easily it is rated well, the same for everybody, in latent standard deviations. */
  readonly effect: number
  /** Part of the questionnaire that lies before it, 0 to 1. */
  readonly progress: number
}

export interface Steps {
  readonly steps: readonly Step[]
  /** Factor codes, the last of them for items that belong to none. */
  readonly factors: readonly string[]
  /** How much of an officer's effect reaches each factor. */
  readonly loadings: readonly number[]
}

const NO_FACTOR = '-'

/** Items that mean the same have the same code in every questionnaire of a respondent type, and the same effect. */
function itemEffect(seed: string, { respondentType }: Questionnaire, code: string): number {
  const known = ITEM_EFFECT[code]
  return known ?? OTHER_ITEM_SPREAD * createRandom(`${seed}/item/${respondentType}/${code}`).normal()
}

/** The items of a questionnaire as the simulation walks through them. */
export function stepsOf(seed: string, questionnaire: Questionnaire): Steps {
  const factors = [...questionnaire.factors.map(({ code }) => code), NO_FACTOR]
  const factorOf = (item: string) => {
    const place = questionnaire.factors.findIndex(({ items }) => items.includes(item))
    return place < 0 ? factors.length - 1 : place
  }
  const placed = placedItems(questionnaire)
  return {
    steps: placed.map((place, i) => ({
      placed: place,
      item: place.item,
      factor: factorOf(place.item.code),
      effect: itemEffect(seed, questionnaire, place.item.code),
      progress: i / placed.length,
    })),
    factors,
    loadings: factors.map((code) => OFFICER_LOADING[code] ?? OTHER_OFFICER_LOADING),
  }
}
