import type { Estimate } from '../disclosure/estimate.js'
import type { LineFigures } from '../index/line-figures.js'
import type { Localized } from '../survey/vocabulary.js'
import type { AnalysisTables } from './analysis-tables.js'
import type { GroupTable, GroupTest } from './group-table.js'
import type { ReliabilityRow } from './reliability-table.js'
import type { ShareFigures } from './share-figures.js'

/** One value of a table as data: a figure is `null` beside the `status` that says why, never 0 for being hidden. */
export type AnalysisValue = string | number | boolean | null
export type AnalysisRow = Readonly<Record<string, AnalysisValue>>

const STATUS = ['status', 'reason', 'flag'] as const
const SHARE = [...STATUS, 'base', 'n', 'percent', 'low_percent', 'high_percent'] as const
const LABELS = ['label_vi', 'label_en'] as const

/**
 * Columns of each table, in order. Names never change meaning; new ones go to the end.
 */
export const ANALYSIS_COLUMNS = {
  accounting: [
    'step',
    'status',
    'n',
    'percent_of_step_before',
    'response_rate_rr1_percent',
    'response_rate_rr2_percent',
  ],
  demographics: ['item', 'option', ...LABELS, ...SHARE],
  groups: [
    ...['item', 'option', ...LABELS, 'measure', ...STATUS, 'n_valid', 'top_two_percent', 'mean_0_100'],
    ...['low_percent', 'high_percent', 'effective_base'],
  ],
  'group-tests': ['item', 'measure', 'test', 'status', 'groups', 'statistic', 'df', 'p', 'p_holm'],
  wishes: ['rank', 'option', 'about_item', ...LABELS, ...SHARE],
  negatives: ['item', 'option', ...LABELS, 'is_adverse', 'is_sensitive', ...SHARE],
  importance: [
    ...[
      'item',
      'factor',
      ...LABELS,
      'status',
      'n_pairs',
      'pearson',
      'spearman',
      'stated_status',
      'stated_percent',
      'performance_percent',
    ],
    ...['importance_cut', 'performance_cut_percent', 'quadrant', 'gap', 'gap_rank'],
    ...['pearson_low', 'pearson_high', 'is_near_cut'],
  ],
  'factor-shares': ['factor', ...LABELS, 'status', 'base', 'pearson', 'lmg', 'share_percent', 'r_squared'],
  comments: ['code', ...LABELS, 'is_sensitive', ...SHARE],
  verbatims: ['text', 'codes'],
  flags: ['flag', 'excludes', 'status', 'n', 'percent_of_received'],
  reliability: [
    ...['factor', ...LABELS, 'item', 'status', 'base', 'items', 'alpha', 'alpha_standardised', 'band', 'omega'],
    ...['variance', 'alpha_if_deleted', 'item_total', 'is_low', 'flag'],
  ],
  'design-effects': ['level', 'code', ...LABELS, 'status', 'base', 'answers', 'effective_base', 'design_effect'],
} as const satisfies Readonly<Record<string, readonly string[]>>

export type AnalysisTableName = keyof typeof ANALYSIS_COLUMNS
export const ANALYSIS_TABLE_NAMES = Object.keys(ANALYSIS_COLUMNS) as AnalysisTableName[]

/** The rows of one table; every column of the table is there in each, in order. */
export function analysisRows(name: AnalysisTableName, tables: AnalysisTables): readonly AnalysisRow[] {
  const columns: readonly string[] = ANALYSIS_COLUMNS[name]
  return ROWS[name](tables).map((row) => Object.fromEntries(columns.map((column) => [column, row[column] ?? null])))
}

const labels = (label: Localized | null) => ({ label_vi: label?.vi ?? null, label_en: label?.en ?? null })

function status(estimate: Estimate<unknown>) {
  return {
    status: estimate.kind,
    reason: estimate.kind === 'suppressed' ? estimate.reason : null,
    flag: estimate.kind === 'published' && estimate.reliability === 'flagged' ? '†' : null,
  }
}

function share(estimate: Estimate<ShareFigures>): AnalysisRow {
  if (estimate.kind !== 'published') return status(estimate)
  const { base, count, percent, interval } = estimate.figures
  return {
    ...status(estimate),
    base,
    n: count,
    percent,
    low_percent: interval.lowPercent,
    high_percent: interval.highPercent,
  }
}

function line(estimate: Estimate<LineFigures>): AnalysisRow {
  if (estimate.kind !== 'published') return status(estimate)
  const { base, topTwoBoxPercent, points, interval, effectiveBase } = estimate.figures
  return {
    ...status(estimate),
    n_valid: base,
    top_two_percent: topTwoBoxPercent,
    mean_0_100: points,
    low_percent: interval.lowPercent,
    high_percent: interval.highPercent,
    effective_base: effectiveBase,
  }
}

const shownOrNot = (isShown: boolean) => ({ status: isShown ? 'published' : 'not_shown' })

function testRow({ item }: GroupTable, measure: string, test: string, result: GroupTest | null): AnalysisRow {
  const facts = { item: item.code, measure, test, ...shownOrNot(result !== null) }
  if (result === null) return facts
  const { groupCount, statistic, degreesOfFreedom, p, adjustedP } = result
  return { ...facts, groups: groupCount, statistic, df: degreesOfFreedom, p, p_holm: adjustedP }
}

/** The factor as a whole, then its items. */
function reliabilityRows({
  factor,
  base,
  reliability,
  band,
  isFlagged,
  omega,
  low,
}: ReliabilityRow): readonly AnalysisRow[] {
  const facts = { factor: factor.code, base, ...shownOrNot(reliability !== null), flag: isFlagged ? '†' : null }
  const whole = {
    alpha: reliability?.alpha ?? null,
    alpha_standardised: reliability?.standardisedAlpha ?? null,
    band,
    omega,
  }
  return [
    { ...facts, ...labels(factor.name), items: factor.items.length, ...whole },
    ...factor.items.map(({ code, text }, j) => {
      const item = reliability?.items[j]
      const figures = {
        variance: item?.variance ?? null,
        alpha_if_deleted: item?.alphaIfDeleted ?? null,
        item_total: item?.correctedItemTotal ?? null,
      }
      return { ...facts, ...labels(text), item: code, ...figures, is_low: item === undefined ? null : (low[j] ?? null) }
    }),
  ]
}

const ROWS: Readonly<Record<AnalysisTableName, (tables: AnalysisTables) => readonly AnalysisRow[]>> = {
  accounting: ({ accounting: { rows, responseRates } }) =>
    rows.map(({ step, count, percent }) => ({
      step,
      status: count === null ? 'not_recorded' : 'recorded',
      n: count,
      percent_of_step_before: percent,
      response_rate_rr1_percent: responseRates?.rr1Percent ?? null,
      response_rate_rr2_percent: responseRates?.rr2Percent ?? null,
    })),
  demographics: ({ groups }) =>
    groups.flatMap(({ item, rows }) =>
      rows.map((row) => ({ item: item.code, option: row.code, ...labels(row.label), ...share(row.share) })),
    ),
  groups: ({ groups }) =>
    groups.flatMap(({ item, rows }) =>
      rows.flatMap((row) =>
        (['index', 'overall'] as const).map((measure) => {
          return { item: item.code, option: row.code, ...labels(row.label), measure, ...line(row[measure]) }
        }),
      ),
    ),
  'group-tests': ({ groups }) =>
    groups.flatMap((table) => [
      testRow(table, 'index', 'wald', table.indexTest),
      testRow(table, 'overall', 'chi_square', table.overallTest),
    ]),
  wishes: ({ wishes }) =>
    (wishes ?? []).map(({ option, rank, share: estimate }) => {
      return {
        rank,
        option: option.code,
        about_item: option.about ?? null,
        ...labels(option.label),
        ...share(estimate),
      }
    }),
  negatives: ({ negatives }) =>
    negatives.flatMap(({ item, rows }) =>
      rows.map((row) => {
        const facts = { item: item.item, option: row.code, is_adverse: row.isAdverse, is_sensitive: item.isSensitive }
        return { ...facts, ...labels(row.label), ...share(row.share) }
      }),
    ),
  importance: ({ importance }) =>
    (importance?.rows ?? []).map(({ criterion, figures }) => {
      const { item, label, factorCode } = criterion
      const facts = { item: item.code, factor: factorCode, ...labels(label), ...shownOrNot(figures !== null) }
      if (figures === null) return facts
      const { pairs, pearson, interval, spearman, stated, performancePercent } = figures
      const { quadrant, isNearCut, gap, gapRank } = figures
      return {
        ...facts,
        ...{
          n_pairs: pairs,
          pearson,
          pearson_low: interval.low,
          pearson_high: interval.high,
          spearman,
          stated_status: stated?.kind ?? 'not_asked',
          stated_percent: stated?.kind === 'published' ? stated.figures.percent : null,
          performance_percent: performancePercent,
        },
        importance_cut: importance?.cuts?.importanceCut ?? null,
        performance_cut_percent: importance?.cuts?.performanceCutPercent ?? null,
        ...{ quadrant, is_near_cut: isNearCut, gap, gap_rank: gapRank },
      }
    }),
  'factor-shares': ({ importance }) =>
    (importance?.factors?.rows ?? []).map(({ factor, share: part }) => {
      const facts = { factor: factor.code, ...labels(factor.name), ...shownOrNot(part !== null) }
      const { base = null, rSquared = null } = importance?.factors ?? {}
      if (part === null) return { ...facts, base, r_squared: rSquared }
      return { ...facts, base, r_squared: rSquared, pearson: part.r, lmg: part.lmg, share_percent: part.percent }
    }),
  comments: ({ comments }) =>
    comments === null
      ? []
      : [
          { code: 'all', is_sensitive: false, ...share(comments.commented) },
          ...comments.rows.map(({ code, share: of }) => ({
            ...{ code: code?.code ?? 'none', ...labels(code?.name ?? null), is_sensitive: code?.isSensitive ?? false },
            ...share(of),
          })),
        ],
  verbatims: ({ comments }) => (comments?.verbatims ?? []).map(({ text, codes }) => ({ text, codes: codes.join(' ') })),
  flags: ({ flags }) =>
    flags.map(({ flag, excludes, status: how, count, percent }) => {
      return { flag, excludes, status: how, n: count, percent_of_received: percent }
    }),
  reliability: ({ reliability }) => reliability.flatMap(reliabilityRows),
  'design-effects': ({ designEffects }) =>
    designEffects.map(({ line: { level, code, label }, figures }) => {
      const facts = { level, code, ...labels(label), ...shownOrNot(figures !== null) }
      if (figures === null) return facts
      const { base, answers, effectiveBase, designEffect } = figures
      return { ...facts, base, answers, effective_base: effectiveBase, design_effect: designEffect }
    }),
}
