import type { Thresholds } from '../disclosure/policy.js'
import type { Localized } from '../survey/vocabulary.js'
import type { UnitKind } from '../units/unit.js'

/** How the answers to one criterion become its figure; `transformations.ts` holds the formulas. */
export const TRANSFORMATIONS = [
  'top_two_share',
  'bottom_two_share',
  'middle_share',
  'agree_share',
  'valid_share',
  'net_share',
  'mean',
  'mean_minus_3',
  'rescale_0_100',
  'mean_points',
] as const
/** One of the ways. */
export type Transformation = (typeof TRANSFORMATIONS)[number]

/** How the figure of a composite follows from its parts; `combine-parts.ts` holds the formulas. */
export const METHOD_RULES = ['mean_of_children', 'weighted_mean', 'sum', 'pooled', 'single_item'] as const
/** One of the ways. */
export type MethodRule = (typeof METHOD_RULES)[number]

/** What happens to a composite when a part has no figure: go on with the others, or have none either. */
export const MISSING_RULES = ['leave_out', 'no_value'] as const
/** One of the two. */
export type MissingRule = (typeof MISSING_RULES)[number]

/** How certain the uncertain is: known but read nowhere, worked out from published figures, or the platform's own choice. */
export const CLAIM_STATUSES = ['not_read', 'inferred', 'own_choice'] as const
/** One of the three. */
export type ClaimStatus = (typeof CLAIM_STATUSES)[number]

/** Something rated: a leaf of the method. */
export interface MethodCriterion {
  /** `[A-Z][A-Z0-9_]*`, unique in the method; the item's code where the questionnaire has no list of its own. */
  readonly code: string
  readonly name: Localized
  /** A negative statement: agreeing is bad. */
  readonly isReversed: boolean
  /** Under `weighted_mean` only: more than 0. */
  readonly weight?: number
  /** Blocks of units it is asked about; left out: all. */
  readonly blocks?: readonly string[]
}

/** A figure made of others: a factor, a component, the index. Has `parts` or `criteria`, never both. */
export interface MethodComposite {
  readonly code: string
  readonly name: Localized
  readonly rule: MethodRule
  readonly missing: MissingRule
  readonly weight?: number
  readonly blocks?: readonly string[]
  /** The combined figure is multiplied by this: 10 carries a 1 to 10 scale to 100. */
  readonly multiplyBy: number
  /** Under `single_item` only: the criterion asked about the whole. */
  readonly single?: MethodCriterion
  readonly parts?: readonly MethodComposite[]
  readonly criteria?: readonly MethodCriterion[]
}

/** Turns the figures of a criterion into places between the worst and the best unit of the same block. */
export interface Standardisation {
  readonly kind: 'min_max_within_block'
  /** Score of the worst unit. */
  readonly low: number
  /** Score of the best unit. */
  readonly high: number
  /** Score of all units where they do not differ. */
  readonly noVariation: number
  /** Units with fewer valid answers take no part: a handful of raters must not set the ends of everybody's scale. */
  readonly minBase: number
}

/** Which items of a questionnaire stand for the criteria of the method. */
export interface QuestionnaireFit {
  readonly questionnaire: string
  readonly versions: readonly string[]
  /** Criterion code to item code; a criterion left out is not asked there. */
  readonly items: Readonly<Record<string, string>>
}

/**
 * How a 95 % interval is made: `wilson` for shares, `mean_t` for means, both with the respondent as cluster;
 * `bootstrap` over respondents for scores that hang on other units; `none` says why.
 */
export type MethodInterval =
  | { readonly kind: 'wilson' | 'mean_t' | 'bootstrap' }
  | { readonly kind: 'none'; readonly reason: Localized }

/** Units that are scored together and apart from the others. */
export interface MethodBlock {
  readonly code: string
  readonly name: Localized
  readonly kinds: readonly UnitKind[]
}

/**
 * What stands for an area or the city: `pooled`, every respondent below counted alike; `none` says why there is nothing.
 */
export type MethodRollup = { readonly kind: 'pooled' } | { readonly kind: 'none'; readonly reason: Localized }

/** A class of the index, `from` included, up to the next class. */
export interface MethodClass {
  readonly code: string
  readonly name: Localized
  readonly from: number
}

/** An index method as data: everything the engine needs, and everything a reader should doubt. */
export interface Method {
  readonly id: string
  readonly version: string
  readonly title: Localized
  readonly fits: readonly QuestionnaireFit[]
  /** How the platform's forms relate to the method, and what they lack. */
  readonly fitNote: Localized
  /** Codes of valid answers, whole numbers, worst first. */
  readonly scale: { readonly lowest: number; readonly highest: number }
  readonly transformation: Transformation
  /** Under `mean_points` only: points of every code of the scale. */
  readonly points?: Readonly<Record<string, number>>
  readonly standardisation?: Standardisation
  /** Left out: all units are one block. Units of a kind that no block has are not scored. */
  readonly blocks?: readonly MethodBlock[]
  readonly rollup: MethodRollup
  readonly index: MethodComposite
  /** What values the index can take, and in which unit. */
  readonly range: { readonly lowest: number; readonly highest: number; readonly unit: Localized }
  readonly interval: MethodInterval
  /** Best first. */
  readonly classes?: readonly MethodClass[]
  readonly disclosure: { readonly internal: Thresholds; readonly public: Thresholds }
  readonly source: string
  /** What no source that was read confirms. */
  readonly unconfirmed: readonly { readonly claim: Localized; readonly status: ClaimStatus }[]
}

/** All criteria below a composite, its single item first. */
export function criteriaOf(composite: MethodComposite): readonly MethodCriterion[] {
  const own = composite.single === undefined ? [] : [composite.single]
  return [...own, ...(composite.criteria ?? []), ...(composite.parts ?? []).flatMap(criteriaOf)]
}

/** Which items of a questionnaire stand for the criteria; `undefined` when the method does not say. */
export function fitOf(
  { fits }: Pick<Method, 'fits'>,
  { id, version }: { readonly id: string; readonly version: string },
): QuestionnaireFit | undefined {
  return fits.find((one) => one.questionnaire === id && one.versions.includes(version))
}
