import type { ValueInterval } from '../statistics/estimation/mean-interval.js'
import type { Localized } from '../survey/vocabulary.js'
import type { MethodClass } from './method.js'

/** The method behind a figure; stands on every figure, so that none can travel without it. */
export interface MethodName {
  readonly id: string
  readonly version: string
}

/**
 * What a reader must know of a figure, each with the codes of the criteria concerned:
 * not asked; asked without a valid answer; standing on an item that another criterion stands on too; all units alike;
 * left out of the standardisation for too few answers; so few answers that the spread, and with it the interval of
 * what is made of them, is poorly known.
 */
export const FIGURE_FLAGS = [
  'missing_items',
  'no_answers',
  'shared_items',
  'no_variation',
  'below_min_base',
  'thin_criteria',
] as const
/** One of them. */
export type FigureFlag = (typeof FIGURE_FLAGS)[number]
/** Criteria by flag; a flag nothing is said under is absent. */
export type FigureFlags = Readonly<Partial<Record<FigureFlag, readonly string[]>>>

/** One figure of the tree. Unrounded, and not yet protected: `estimateOf` and the disclosure engine come after. */
export interface MethodFigure {
  readonly method: MethodName
  readonly code: string
  readonly name: Localized
  /** `null` where it is undefined; the flags say why. */
  readonly value: number | null
  /** Before standardisation: the absolute figure, the one to follow over time; `null` for composites and where nothing is standardised. */
  readonly absolute: number | null
  /** Respondents with at least one counted answer; without cases the largest base of a criterion, which is never too many. */
  readonly base: number
  /** Answers in the denominators below. */
  readonly answers: number
  /** 95 %; `null` where the method has none or the cases needed for it are not given. */
  readonly interval: ValueInterval | null
  /** Of the index only, and only where the method has classes. */
  readonly class: MethodClass | null
  readonly flags: FigureFlags
  readonly parts: readonly MethodFigure[]
}

/** Place of a unit among the units of its block that have an index, 1 for the best. */
export interface UnitRank {
  readonly rank: number
  /** 2.5 % and 97.5 % points of its places in the replicates. */
  readonly best: number
  readonly worst: number
  /** Units ranked. */
  readonly among: number
}

/** The tree of one unit. */
export interface UnitFigures {
  readonly unit: string
  readonly block: string
  readonly index: MethodFigure
  /** Only where scores hang on the other units, from the bootstrap. */
  readonly rank?: UnitRank
}

/** What a computation comes to. */
export type MethodOutcome =
  | { readonly kind: 'computed'; readonly method: MethodName; readonly units: readonly UnitFigures[] }
  /** The method does not say which items of this questionnaire stand for its criteria. */
  | { readonly kind: 'unfit_questionnaire'; readonly method: MethodName; readonly known: readonly MethodName[] }

/** The flags of several figures together, every code once. */
export function mergeFlags(all: readonly FigureFlags[]): FigureFlags {
  const merged = FIGURE_FLAGS.map((flag) => [flag, [...new Set(all.flatMap((flags) => flags[flag] ?? []))]] as const)
  return Object.fromEntries(merged.filter(([, codes]) => codes.length > 0))
}
