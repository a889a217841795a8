import type { CodedEstimate } from '../disclosure/estimate.js'
import { type Line, lineKey } from '../index/lines.js'
import type { IndexReport, ReportBlock, ReportCell } from './index-report.js'
import type { LineEstimate, ShownFigures } from './shown-figures.js'

const FACT_COLUMNS = [
  'wave',
  'mode',
  'respondent_type',
  'questionnaire',
  'questionnaire_version',
  'questionnaire_hash',
  'method',
  'rule',
  'simulated',
  'breakdown',
  'selected_unit',
  'selected_kinds',
  'scope',
  'rollup',
  'unit_uid',
  'unit_name_vi',
  'unit_name_en',
  'service',
  'from',
  'to',
  'level',
  'code',
  'factor_code',
  'label_vi',
  'label_en',
  'in_index',
  'n_received',
  'n_responses',
  'status',
  'reason',
  'flag',
  'n_units',
] as const

const FIGURE_COLUMNS = [
  'n_valid',
  'n_answers',
  'n_1',
  'n_2',
  'n_3',
  'n_4',
  'n_5',
  'percent_1',
  'percent_2',
  'percent_3',
  'percent_4',
  'percent_5',
  'n_na',
  'n_dk',
  'n_refused',
  'n_blank',
  'top_two_percent',
  'mean_0_100',
  'low_percent',
  'high_percent',
] as const

/** From which to which rank the unit may stand among the `rank_of` ranked units of its league; in rows of its index alone. */
const RANK_COLUMNS = ['league', 'rank_low', 'rank_high', 'rank_of', 'rank_third'] as const

/** The index at the common service mix and its gap to the reference; in rows of the index, where it was asked for. */
const STANDARDISED_COLUMNS = [
  'standardised_status',
  'standardised_flag',
  'standardised_percent',
  'standardised_low_percent',
  'standardised_high_percent',
  'standardised_coverage_percent',
  'standardised_services',
  'gap_points',
  'gap_mix_points',
  'gap_performance_points',
  'gap_performance_low_points',
  'gap_performance_high_points',
] as const

/** Columns of the index report as a table, in order. Names never change meaning; new ones go to the end. */
export const INDEX_REPORT_COLUMNS = [
  ...FACT_COLUMNS,
  ...FIGURE_COLUMNS,
  'is_coarse',
  ...RANK_COLUMNS,
  ...STANDARDISED_COLUMNS,
  'at_most_percent',
  'at_least_percent',
] as const
export type IndexReportColumn = (typeof INDEX_REPORT_COLUMNS)[number]

/**
 * One row of the table: text, number, truth value, or `null` for what does not apply.
 *
 * A number is `null` beside `status` `suppressed` (with its `reason`) or `empty`, and a count also in the row of a composite, whose
 * criteria carry the counts: nothing is ever 0 for being hidden. `is_coarse`: headline rounded to one decimal and no split, a
 * part being hidden. `coded`: only that the share is at most, or at least, the percent in the last columns.
 */
export type IndexReportRow = Readonly<Record<IndexReportColumn, string | number | boolean | null>>

/** The rows of a report, block by block and line by line. Lazy: a large report is never held twice. */
export function* indexReportRows(report: IndexReport): Generator<IndexReportRow> {
  for (const block of report.blocks) for (const cell of block.cells) yield rowOf(report, block, cell)
}

function rowOf(
  report: IndexReport,
  block: ReportBlock,
  { line, estimate, isCoarse = false }: ReportCell,
): IndexReportRow {
  const { wave, questionnaire } = report
  const { group } = block
  return {
    wave: wave.id,
    mode: wave.mode,
    respondent_type: wave.respondentType,
    questionnaire: questionnaire.id,
    questionnaire_version: questionnaire.version,
    questionnaire_hash: questionnaire.hash,
    method: report.method,
    rule: report.rule,
    simulated: wave.isSimulated,
    breakdown: report.breakdown,
    selected_unit: report.selection.unitUid,
    selected_kinds: report.selection.kinds.length === 0 ? null : report.selection.kinds.join(' '),
    scope: group.scope,
    rollup: block.rollup,
    unit_uid: group.unitUid,
    unit_name_vi: group.unitName.vi,
    unit_name_en: group.unitName.en,
    service: group.service,
    from: group.period.from,
    to: group.period.to,
    level: line.level,
    code: line.code,
    factor_code: line.factorCode,
    label_vi: line.label.vi,
    label_en: line.label.en,
    in_index: line.isInIndex,
    n_received: block.receivedCount,
    n_responses: block.responseCount,
    status: estimate.kind,
    reason: estimate.kind === 'suppressed' ? estimate.reason : null,
    flag: 'reliability' in estimate && estimate.reliability === 'flagged' ? '†' : null,
    n_units: block.unitCounts?.[lineKey(line)] ?? null,
    ...estimateColumns(estimate),
    is_coarse: isCoarse,
    ...rankColumns(line, block),
    ...standardisedColumns(line, block),
    at_most_percent: sideOf(estimate, 'at_most'),
    at_least_percent: sideOf(estimate, 'at_least'),
  }
}

const sideOf = (estimate: LineEstimate, side: CodedEstimate['side']) =>
  estimate.kind === 'coded' && estimate.side === side ? estimate.percent : null

function rankColumns({ level }: Line, { standing }: ReportBlock) {
  const rank = level === 'overall' ? standing?.rank : null
  return {
    league: standing?.league ?? null,
    rank_low: rank?.low ?? null,
    rank_high: rank?.high ?? null,
    rank_of: rank?.of ?? null,
    rank_third: rank?.third ?? null,
  }
}

function standardisedColumns({ level }: Line, { standardised }: ReportBlock) {
  const result = level === 'overall' ? standardised : undefined
  const shown = result?.kind === 'shown' ? result : null
  return {
    standardised_status: result?.kind ?? null,
    standardised_flag: shown?.isFlagged ? '†' : null,
    standardised_percent: shown?.percent ?? null,
    standardised_low_percent: shown?.interval.lowPercent ?? null,
    standardised_high_percent: shown?.interval.highPercent ?? null,
    standardised_coverage_percent: result?.coveredPercent ?? null,
    standardised_services: shown?.serviceCount ?? null,
    gap_points: shown?.gapPoints ?? null,
    gap_mix_points: shown?.mixPoints ?? null,
    gap_performance_points: shown?.performancePoints ?? null,
    gap_performance_low_points: shown?.performanceLowPoints ?? null,
    gap_performance_high_points: shown?.performanceHighPoints ?? null,
  }
}

type FigureColumns = Pick<IndexReportRow, (typeof FIGURE_COLUMNS)[number]>

const NOTHING = Object.fromEntries(FIGURE_COLUMNS.map((column) => [column, null])) as FigureColumns

function estimateColumns(estimate: LineEstimate): FigureColumns {
  switch (estimate.kind) {
    case 'published':
      return figureColumns(estimate.figures)
    case 'coded':
      return { ...NOTHING, n_valid: estimate.base }
    case 'empty':
      return { ...NOTHING, n_valid: 0 }
    case 'suppressed':
      return NOTHING
  }
}

function figureColumns({ base, topTwoBoxPercent, interval, split, counts }: ShownFigures): FigureColumns {
  return {
    ...NOTHING,
    n_valid: base,
    top_two_percent: topTwoBoxPercent,
    low_percent: interval.lowPercent,
    high_percent: interval.highPercent,
    ...(split === null ? {} : splitColumns(split)),
    ...(counts === null ? {} : countColumns(counts)),
  }
}

function splitColumns({ percents, points }: NonNullable<ShownFigures['split']>) {
  return {
    percent_1: percents[0],
    percent_2: percents[1],
    percent_3: percents[2],
    percent_4: percents[3],
    percent_5: percents[4],
    mean_0_100: points,
  }
}

function countColumns({ answers, counts, nonresponse }: NonNullable<ShownFigures['counts']>) {
  return {
    n_answers: answers,
    n_1: counts[0],
    n_2: counts[1],
    n_3: counts[2],
    n_4: counts[3],
    n_5: counts[4],
    n_na: nonresponse.notApplicable,
    n_dk: nonresponse.dontKnow,
    n_refused: nonresponse.refused,
    n_blank: nonresponse.blank,
  }
}
