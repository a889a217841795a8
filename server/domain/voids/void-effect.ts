import { estimateOf } from '../disclosure/estimate.js'
import type { DisclosurePolicy } from '../disclosure/policy.js'
import { instrumentOf } from '../index/instrument.js'
import { figuresOfLine, type LineFigures } from '../index/line-figures.js'
import type { Line } from '../index/lines.js'
import { mergeTallies, type Tally, withoutTally } from '../index/tally.js'
import type { Questionnaire } from '../questionnaire/definition.js'
import type { ReportCell } from '../report/index-report.js'

/** What is told of a figure on one side of a void. */
export type EffectFigure =
  | { readonly kind: 'shown'; readonly figures: Pick<LineFigures, 'topTwoBoxPercent' | 'interval' | 'base'> }
  /** `few`: so few people lie between the two that they would be told of; `report`: the report hides it. */
  | { readonly kind: 'hidden'; readonly why: 'few' | 'report' | 'too_few' | 'unreliable' }
  | { readonly kind: 'empty' }

/** The index with the responses that a void means, and without them. */
export interface VoidEffect {
  readonly withThem: EffectFigure
  readonly without: EffectFigure
}

export interface EffectInput {
  /** The index as the report shows it now. */
  readonly shown: ReportCell
  /** Counts that it stands on, and those of the responses that the void means. */
  readonly now: Tally
  readonly meant: Tally
  /** Whether they are out of the figures already. */
  readonly isOut: boolean
  readonly questionnaire: Questionnaire
  readonly policy: DisclosurePolicy
}

/**
 * What a void changes. One side is the figure of the report as it is shown; the other is told where the thresholds let it and where
 * nobody, or k people, lie between the two.
 */
export function voidEffect(input: EffectInput): VoidEffect {
  const now = shownFigure(input.shown)
  const other = now.kind === 'shown' ? otherFigure(input) : { kind: 'hidden' as const, why: 'report' as const }
  return input.isOut ? { withThem: other, without: now } : { withThem: now, without: other }
}

function shownFigure({ estimate, isCoarse }: ReportCell): EffectFigure {
  if (estimate.kind === 'empty') return { kind: 'empty' }
  if (estimate.kind !== 'published' || isCoarse === true) return { kind: 'hidden', why: 'report' }
  return { kind: 'shown', figures: estimate.figures }
}

function otherFigure({ shown, now, meant, isOut, questionnaire, policy }: EffectInput): EffectFigure {
  const figuresOf = (tally: Tally) => lineFigures(shown.line, tally, questionnaire)
  const between = figuresOf(meant)?.base ?? 0
  if (between > 0 && between < policy.minRespondents) return { kind: 'hidden', why: 'few' }
  const figures = figuresOf(isOut ? mergeTallies([now, meant]) : withoutTally(now, meant))
  const estimate = estimateOf(figures, policy)
  if (estimate.kind === 'empty') return { kind: 'empty' }
  if (estimate.kind === 'published') return { kind: 'shown', figures: estimate.figures }
  return { kind: 'hidden', why: estimate.reason === 'too_few' ? 'too_few' : 'unreliable' }
}

const lineFigures = (line: Line, tally: Tally, questionnaire: Questionnaire) =>
  figuresOfLine(line, tally, instrumentOf(questionnaire), 'mean_of_children')
