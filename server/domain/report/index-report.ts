import { type Estimate, estimateOf } from '../disclosure/estimate.js'
import type { DisclosurePolicy } from '../disclosure/policy.js'
import type { AggregationRule } from '../index/aggregate.js'
import { type Instrument, instrumentOf } from '../index/instrument.js'
import { figuresOfLine, type LineFigures } from '../index/line-figures.js'
import { type Line, linesOf } from '../index/lines.js'
import type { PublishedQuestionnaire, Questionnaire } from '../questionnaire/definition.js'
import type { Localized } from '../survey/vocabulary.js'
import type { Wave } from '../survey/wave.js'
import type { UnitKind } from '../units/unit.js'
import { coarsenComposites } from './coarsen-composites.js'
import { protectBlocks } from './protect-blocks.js'
import type { UnitStanding } from './rank-units.js'
import type { ReportGroup, SelectionFrame } from './report-group.js'
import { simpleMeanOf } from './simple-mean.js'
import type { StandardisedIndex } from './standardise-units.js'

/** Name and version of the way figures are made; printed with every figure. Changes when a published number would. */
export const METHOD = 'top_two_box_wilson95_v1'

/** By what a report is broken down. */
export const BREAKDOWNS = ['unit', 'service', 'month'] as const
export type Breakdown = (typeof BREAKDOWNS)[number]

/** One line for one group: a figure, or why there is none. */
export interface ReportCell {
  readonly line: Line
  /** Rounded to one decimal, since a part of it is hidden. */
  readonly isCoarse?: boolean
  readonly estimate: Estimate<LineFigures>
}

/** All lines of one group. */
export interface ReportBlock {
  readonly group: Omit<ReportGroup, 'tally'>
  readonly rollup: 'none' | 'pooled' | 'simple_mean'
  readonly receivedCount: number
  /** Complete cases. */
  readonly responseCount: number
  /** Units whose figure went into a simple mean, by line key; `null` for every other block. */
  readonly unitCounts: Readonly<Record<string, number>> | null
  readonly cells: readonly ReportCell[]
  /** Of a unit, once `withStandings` has compared it with its likes. */
  readonly standing?: UnitStanding
  /** Of a unit whose index is shown, once `withStandardised` has set it on the common service mix. */
  readonly standardised?: StandardisedIndex
}

/** What of a wave a report is about. */
export interface Selection extends SelectionFrame {
  /** Only this unit and those below it; `null`: every unit of the wave. */
  readonly unitUid: string | null
  /** Only units of these kinds; empty: every kind. */
  readonly kinds: readonly UnitKind[]
}

/** A wave's index report as data; `index-report-rows` encodes it. */
export interface IndexReport {
  readonly wave: Wave
  readonly questionnaire: {
    readonly id: string
    readonly version: string
    readonly hash: string
    /** Names of the five scores, worst to best, of the scale that the overall item is asked on. */
    readonly levels: readonly Localized[]
  }
  readonly method: string
  readonly rule: AggregationRule
  readonly breakdown: Breakdown
  readonly selection: Selection
  readonly lines: readonly Line[]
  /** The total first, then areas, then single units, services or months. */
  readonly blocks: readonly ReportBlock[]
  /** The units are also set on the common service mix. */
  readonly isStandardised?: boolean
}

export interface IndexReportInput {
  readonly wave: Wave
  readonly questionnaire: PublishedQuestionnaire
  readonly rule: AggregationRule
  readonly breakdown: Breakdown
  readonly policy: DisclosurePolicy
  readonly selection: Selection
  readonly groups: readonly ReportGroup[]
}

/**
 * Makes the index report of a wave: every group by every line, hidden where it must be.
 *
 * Thresholds hide single figures; then, wherever a total stands beside its parts or a composite beside its criteria, a further
 * figure is hidden if a single hidden one could be subtracted out. Totals are pooled by responses; by unit there is
 * also the simple mean of the units that can be shown, under its own name.
 */
export function buildIndexReport(input: IndexReportInput): IndexReport {
  const { questionnaire, hash } = input.questionnaire
  const instrument = instrumentOf(questionnaire)
  const lines = linesOf(instrument, input.rule, questionnaire.overallItem)
  const groups = input.groups.map((group) => blockOf(group, lines, instrument, input))
  const blocks = coarsenComposites(protectBlocks(groups, input.policy))
  const mean = input.breakdown === 'unit' ? simpleMeanOf(blocks, lines, input.policy) : null
  return {
    wave: input.wave,
    questionnaire: {
      id: questionnaire.id,
      version: questionnaire.version,
      hash,
      levels: levelsOf(questionnaire, instrument),
    },
    method: METHOD,
    rule: input.rule,
    breakdown: input.breakdown,
    selection: input.selection,
    lines,
    blocks: mean === null ? blocks : [blocks[0]!, mean, ...blocks.slice(1)],
  }
}

function blockOf(
  { tally, ...group }: ReportGroup,
  lines: readonly Line[],
  instrument: Instrument,
  { rule, policy }: IndexReportInput,
): ReportBlock {
  return {
    group,
    rollup: group.scope === 'area' || group.scope === 'total' ? 'pooled' : 'none',
    receivedCount: tally.received,
    responseCount: tally.responses,
    unitCounts: null,
    cells: lines.map((line) => ({ line, estimate: estimateOf(figuresOfLine(line, tally, instrument, rule), policy) })),
  }
}

function levelsOf({ scales, overallItem }: Questionnaire, { ratings, overall }: Instrument): readonly Localized[] {
  const item = ratings.get(overallItem) ?? overall[0]?.item
  return item === undefined ? [] : (scales[item.scale]?.options ?? []).map(({ label }) => label)
}
