import type { Estimate } from '../disclosure/estimate.js'
import type { BootstrapSettings } from '../method/bootstrap-method.js'
import type { Method, MethodClass } from '../method/method.js'
import type { FigureFlags, UnitRank } from '../method/method-result.js'
import type { GroupScope } from '../report/report-group.js'
import type { ValueInterval } from '../statistics/estimation/mean-interval.js'
import type { Localized } from '../survey/vocabulary.js'
import type { Wave } from '../survey/wave.js'
import type { MethodLine } from './method-lines.js'

/**
 * Which responses count: cases that ended as complete. Consent and age are asked before anything is stored, and complete means
 * that the share of applicable core items which the questionnaire names is answered; quality flags take nothing out.
 *
 * @see methodology 1.5
 */
export const VALIDITY = 'complete_cases_v1'

/** The numbers of one line for one group, unrounded. */
export interface MethodFigures {
  /** Respondents with a counted answer. */
  readonly base: number
  /** In the unit of the method; `null` where somebody answered and the method gives no figure all the same: the flags say why. */
  readonly value: number | null
  /** Of a standardised criterion: the figure before that, the one to follow over time. */
  readonly absolute: number | null
  readonly interval: ValueInterval | null
  readonly class: MethodClass | null
}

/** One line for one group: figures, or why there are none. */
export interface MethodCell {
  readonly line: MethodLine
  readonly estimate: Estimate<MethodFigures>
  /** Rounded, since a part of it is hidden. */
  readonly isCoarse: boolean
  /** Nothing of a hidden figure. */
  readonly flags: FigureFlags
}

/** All lines of one unit or roll-up. */
export interface MethodGroup {
  /** Unique within a report. */
  readonly key: string
  readonly scope: Extract<GroupScope, 'unit' | 'area' | 'total'>
  readonly unitUid: string
  readonly unitName: Localized
  /** Block it is scored in; `null` where the method has none. */
  readonly block: string | null
  /** Keys of the groups that add up to this one. */
  readonly parts: readonly string[]
  readonly receivedCount: number
  /** Responses counted. */
  readonly responseCount: number
  /** Only beside a shown index that hangs on the other units. */
  readonly rank: UnitRank | null
  readonly cells: readonly MethodCell[]
}

/** An index of a wave by one method, as data: every output is an encoding of this. */
export interface MethodReport {
  readonly wave: Wave
  readonly questionnaire: { readonly id: string; readonly version: string; readonly hash: string }
  readonly method: Method
  readonly validity: typeof VALIDITY
  /** How intervals were drawn; `null` where nothing was. */
  readonly bootstrap: (BootstrapSettings & { readonly generator: string }) | null
  readonly receivedCount: number
  readonly responseCount: number
  readonly lines: readonly MethodLine[]
  /** The total first where there is one, then areas, then single units. */
  readonly groups: readonly MethodGroup[]
  /** Units that no block of the method has. */
  readonly unscoredCount: number
}
