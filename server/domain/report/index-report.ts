import { DISCLOSURE_POLICIES, type ReaderClass } from '../disclosure/policy.js'
import type { AggregationRule } from '../index/aggregate.js'
import { type Instrument, instrumentOf } from '../index/instrument.js'
import { type Line, linesOf } from '../index/lines.js'
import type { PublishedQuestionnaire, Questionnaire } from '../questionnaire/definition.js'
import type { Localized } from '../survey/vocabulary.js'
import type { Wave } from '../survey/wave.js'
import type { UnitKind } from '../units/unit.js'
import { countedBlocks } from './counted-blocks.js'
import { type ProtectionFrame, protectBlocks } from './protect-blocks.js'
import type { UnitStanding } from './rank-units.js'
import type { ReportGroup, SelectionFrame } from './report-group.js'
import type { LineEstimate } from './shown-figures.js'
import { simpleMeanOf } from './simple-mean.js'
import type { StandardisedIndex } from './standardise-units.js'
import { blocksOfRule } from './variant-lines.js'

/** Name and version of the way figures are made; printed with every figure. Changes when a published number would. */
export const METHOD = 'top_two_box_wilson95_v1'

/** By what a report is broken down. */
export const BREAKDOWNS = ['unit', 'service', 'month', 'quarter'] as const
export type Breakdown = (typeof BREAKDOWNS)[number]

/** One line for one group: a figure, or why there is none. */
export interface ReportCell {
  readonly line: Line
  /** Rounded to one decimal, since a part of it is hidden. */
  readonly isCoarse?: boolean
  readonly estimate: LineEstimate
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
  /** Who may see it. */
  readonly reader: ReaderClass
  readonly rule: AggregationRule
  readonly breakdown: Breakdown
  readonly selection: Selection
  readonly lines: readonly Line[]
  /** The total first, then areas, then single units, services or months. */
  readonly blocks: readonly ReportBlock[]
  /** The units are also set on the common service mix. */
  readonly isStandardised?: boolean
}

/** Groups of a wave as counted, and by what their figures are hidden. */
export interface CountedReport extends Omit<ProtectionFrame, 'policy'> {
  readonly reader: ReaderClass
  readonly questionnaire: PublishedQuestionnaire
  readonly groups: readonly ReportGroup[]
}

export interface IndexReportInput extends CountedReport {
  readonly wave: Wave
  readonly rule: AggregationRule
  readonly breakdown: Breakdown
  readonly selection: Selection
}

/** Makes the index report of a wave: every group by every line, hidden where it must be. */
export function buildIndexReport(input: IndexReportInput): IndexReport {
  return indexReportOf(protectGroups(input), input)
}

/**
 * Every figure of the groups under every rule, hidden where it must be: the same whichever rule a reader chooses next.
 *
 * Cells are those of `variantOf`, each once.
 */
export function protectGroups({ reader, groups, questionnaire, ...frame }: CountedReport): readonly ReportBlock[] {
  return protectBlocks(countedBlocks({ groups, questionnaire }), { ...frame, policy: DISCLOSURE_POLICIES[reader] })
}

/**
 * The report of one rule from protected groups.
 *
 * Totals are pooled by responses; by unit there is also the simple mean of the units that can be shown, under its own name.
 */
export function indexReportOf(
  protectedBlocks: readonly ReportBlock[],
  { questionnaire: published, reader, rule, wave, breakdown, selection }: Omit<IndexReportInput, 'groups'>,
): IndexReport {
  const { questionnaire, hash } = published
  const instrument = instrumentOf(questionnaire)
  const lines = linesOf(instrument, rule, questionnaire.overallItem)
  const blocks = blocksOfRule(protectedBlocks, questionnaire, rule)
  const mean = breakdown === 'unit' ? simpleMeanOf(blocks, lines, DISCLOSURE_POLICIES[reader]) : null
  return {
    wave,
    questionnaire: {
      id: questionnaire.id,
      version: questionnaire.version,
      hash,
      levels: levelsOf(questionnaire, instrument),
    },
    method: METHOD,
    reader,
    rule,
    breakdown,
    selection,
    lines,
    blocks: mean === null ? blocks : [blocks[0]!, mean, ...blocks.slice(1)],
  }
}

function levelsOf({ scales, overallItem }: Questionnaire, { ratings, overall }: Instrument): readonly Localized[] {
  const item = ratings.get(overallItem) ?? overall[0]?.item
  return item === undefined ? [] : (scales[item.scale]?.options ?? []).map(({ label }) => label)
}
