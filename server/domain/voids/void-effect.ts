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
  /** Counts that it stands on. */
  readonly now: Tally
  /** Counts of the responses that the void means: of those among the figures, and of those that are out, by whatever void. */
  readonly meantIn: Tally
  readonly meantOut: Tally
  readonly questionnaire: Questionnaire
  readonly policy: DisclosurePolicy
}

/**
 * What a void changes. The side on which nothing moves is the figure of the report as it is shown; another is told where the
 * thresholds let it and where nobody, or k people, lie between it and the report.
 */
export function voidEffect({ shown, now, meantIn, meantOut, ...terms }: EffectInput): VoidEffect {
  const current = shownFigure(shown)
  const side = (moved: Tally, put: () => Tally) =>
    moved.received === 0 ? current : movedFigure({ ...terms, shown, moved, put })
  return {
    withThem: side(meantOut, () => mergeTallies([now, meantOut])),
    without: side(meantIn, () => withoutTally(now, meantIn)),
  }
}

/** What the report shows of an index. */
export function shownFigure({ estimate, isCoarse }: ReportCell): EffectFigure {
  if (estimate.kind === 'empty') return { kind: 'empty' }
  if (estimate.kind !== 'published' || isCoarse === true) return { kind: 'hidden', why: 'report' }
  return { kind: 'shown', figures: estimate.figures }
}

/** The figure once responses have moved in or out; hidden where the report hides it, or where one to k - 1 people moved. */
export function movedFigure(input: {
  readonly shown: ReportCell
  readonly moved: Tally
  /** Counts after the move. */
  readonly put: () => Tally
  readonly questionnaire: Questionnaire
  readonly policy: DisclosurePolicy
}): EffectFigure {
  const { shown, moved, put, questionnaire, policy } = input
  if (shownFigure(shown).kind === 'hidden') return { kind: 'hidden', why: 'report' }
  if (isFew(respondentsOf(moved), policy)) return { kind: 'hidden', why: 'few' }
  const estimate = estimateOf(lineFigures(shown.line, put(), questionnaire), policy)
  if (estimate.kind === 'empty') return { kind: 'empty' }
  if (estimate.kind === 'published') return { kind: 'shown', figures: estimate.figures }
  return { kind: 'hidden', why: estimate.reason === 'too_few' ? 'too_few' : 'unreliable' }
}

/** People behind the index of a part. */
export const respondentsOf = ({ overall }: Tally): number => overall.respondents

/** Whether so many people would be told of by a difference: some, and fewer than k. */
export const isFew = (count: number, { minRespondents }: Pick<DisclosurePolicy, 'minRespondents'>): boolean =>
  count > 0 && count < minRespondents

const lineFigures = (line: Line, tally: Tally, questionnaire: Questionnaire) =>
  figuresOfLine(line, tally, instrumentOf(questionnaire), 'mean_of_children')
