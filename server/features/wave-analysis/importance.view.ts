import type {
  FactorShareRow,
  ImportanceFigures,
  ImportanceRow,
  ImportanceTable,
} from '../../domain/analysis/importance-table.js'
import type { ReportContext } from '../index-reports/index.js'
import { estimateCells, figure, head, none, numberColumn, type TableView, textColumn, words } from './table.view.js'

/** What the chart of importance and performance draws. */
export interface ImportanceChart {
  readonly points: readonly { readonly label: string; readonly name: string; readonly x: number; readonly y: number }[]
  readonly cuts: { readonly x: number; readonly y: number }
  readonly axes: { readonly x: string; readonly y: string }
  /** Upper left, upper right, lower left, lower right. */
  readonly quadrants: readonly [string, string, string, string]
}

/** Criteria in table T10 and its gap list. */
export interface ImportanceView {
  readonly table: TableView
  readonly gaps: readonly string[]
  readonly chart: ImportanceChart | null
  readonly factors: TableView | null
  /** What correlations between factors mean for the reader. */
  readonly collinearity: string
}

/** Criteria named in the list of gaps. */
const LISTED_GAPS = 5

/** Table T10 on the page; `null` where the questionnaire has no overall item. */
export function toImportanceView(importance: ImportanceTable | null, context: ReportContext): ImportanceView | null {
  if (importance === null) return null
  const { t, formats, language } = context
  const { rows, cuts, factors } = importance
  const shown = rows.flatMap(({ criterion, figures }) => (figures === null ? [] : [{ criterion, figures }]))
  const cutTexts = cuts && {
    importance: formats.decimal(cuts.importanceCut, 2),
    performance: formats.percent(cuts.performanceCutPercent),
  }
  const between = factors?.between ?? null
  return {
    table: {
      caption: t('analysis.importance_caption'),
      file: 'importance',
      columns: [
        textColumn(t('analysis.col_criterion')),
        textColumn(t('analysis.col_quadrant')),
        numberColumn(t('analysis.col_derived'), 'importance_performance'),
        numberColumn(t('analysis.col_spearman')),
        numberColumn(t('analysis.col_stated')),
        numberColumn(t('analysis.col_performance'), 'percent'),
        numberColumn(t('analysis.col_gap')),
        numberColumn(t('analysis.col_base'), 'base'),
      ],
      rows: rows.map((row) => toRow(row, context)),
      notes:
        cutTexts === null
          ? [t('analysis.importance_thin')]
          : [t('analysis.cuts', cutTexts), t('analysis.near_cut_note'), t('analysis.importance_thin')],
    },
    gaps: [...shown]
      .sort((a, b) => a.figures.gapRank - b.figures.gapRank)
      .slice(0, LISTED_GAPS)
      .map(({ criterion, figures }) =>
        t('analysis.gap_line', { name: criterion.label[language], ...gapTexts(figures, context) }),
      ),
    chart: cuts === null || shown.length === 0 ? null : toChart(shown, cuts, context),
    factors: factors && toFactorTable(factors, context),
    collinearity:
      between === null
        ? ''
        : t('analysis.collinearity', { low: formats.decimal(between.low, 2), high: formats.decimal(between.high, 2) }),
  }
}

function gapTexts({ gap, quadrant }: ImportanceFigures, { t, formats }: ReportContext) {
  return { gap: formats.number(gap), quadrant: t(`analysis.quadrant_${quadrant}`) }
}

function toRow({ criterion, figures }: ImportanceRow, context: ReportContext): TableView['rows'][number] {
  const { t, formats, language } = context
  const name = head(`${criterion.item.code} ${criterion.label[language]}`)
  if (figures === null) return { isMarked: false, cells: [name, none(t('analysis.not_shown'), 7)] }
  const { quadrant, isNearCut, pearson, interval, spearman, stated, performancePercent, gap, pairs } = figures
  const statedCells =
    stated === null
      ? [none(t('analysis.not_asked'))]
      : estimateCells(stated, 1, ({ percent }) => [figure(formats.percent(percent))], context)
  return {
    isMarked: quadrant === 'concentrate' && !isNearCut,
    cells: [
      name,
      words(t(`analysis.quadrant_${quadrant}`), isNearCut ? t('analysis.near_cut') : ''),
      figure(formats.decimal(pearson, 2), `${formats.decimal(interval.low, 2)}–${formats.decimal(interval.high, 2)}`),
      figure(formats.decimal(spearman, 2)),
      ...statedCells,
      figure(formats.percent(performancePercent)),
      figure(formats.number(gap)),
      figure(formats.count(pairs)),
    ],
  }
}

function toFactorTable(
  { rows, rSquared, base }: NonNullable<ImportanceTable['factors']>,
  context: ReportContext,
): TableView {
  const { t, formats } = context
  return {
    caption: t('analysis.factors_caption'),
    file: 'factor-shares',
    columns: [
      textColumn(t('analysis.col_factor')),
      numberColumn(t('analysis.col_shapley'), 'importance_performance'),
      numberColumn(t('analysis.col_lmg')),
      numberColumn(t('analysis.col_r')),
    ],
    rows: rows.map((row) => ({ isMarked: false, cells: factorCells(row, context) })),
    notes: [t('analysis.factors_note', { r2: formats.percent(100 * rSquared), base: formats.count(base) })],
  }
}

function factorCells({ factor, share }: FactorShareRow, { t, formats, language }: ReportContext) {
  if (share === null) return [head(factor.name[language]), none(t('analysis.not_compared'), 3)]
  return [
    head(factor.name[language]),
    figure(share.percent === null ? '' : formats.percent(share.percent)),
    figure(formats.decimal(share.lmg, 3)),
    figure(formats.decimal(share.r, 2)),
  ]
}

function toChart(
  shown: readonly { readonly criterion: ImportanceRow['criterion']; readonly figures: ImportanceFigures }[],
  cuts: NonNullable<ImportanceTable['cuts']>,
  { t, language }: ReportContext,
): ImportanceChart {
  return {
    points: shown.map(({ criterion, figures }) => ({
      label: criterion.item.code,
      name: criterion.label[language],
      x: figures.performancePercent,
      y: figures.pearson,
    })),
    cuts: { x: cuts.performanceCutPercent, y: cuts.importanceCut },
    axes: { x: t('analysis.axis_performance'), y: t('analysis.axis_importance') },
    quadrants: [
      t('analysis.quadrant_concentrate'),
      t('analysis.quadrant_keep_up'),
      t('analysis.quadrant_low_priority'),
      t('analysis.quadrant_possible_overkill'),
    ],
  }
}
