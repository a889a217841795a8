/** Tables T1 and T3 to T5 of the Institute's report, from the index reports of a release; each names its line of `figures.csv`. */
import { type Line, lineKey } from '../../domain/index/lines.js'
import type { IndexReport, ReportBlock, ReportCell } from '../../domain/report/index-report.js'
import { itemLabel, type ReportContext, toEstimateView } from '../index-reports/index.js'
import { countCell, type PaperCell, type PaperNumber, percentCell, withSuffix } from './paper-cells.js'
import { lineCell, numberColumn, type SheetTable, textColumn } from './paper-table.js'

/** What cells of figures are written with. */
export interface FigureContext extends ReportContext {
  /** Line of `figures.csv` on which a cell stands. */
  readonly sourceOf: (cell: ReportCell) => string
}

export function accountingTable({ blocks }: IndexReport, { t, formats }: FigureContext): SheetTable {
  const total = blocks[0]!
  const units = blocks.filter(({ group }) => group.scope === 'unit')
  const isShown = ({ cells }: ReportBlock) => cells[0]?.estimate.kind === 'published'
  const rows = [
    ['received', total.receivedCount],
    ['complete', total.responseCount],
    ['units_in_scope', units.length],
    ['units_answered', units.filter(({ receivedCount }) => receivedCount > 0).length],
    ['units_shown', units.filter(isShown).length],
  ] as const
  return {
    title: t('paper.table_accounting'),
    sheet: t('paper.sheet_accounting'),
    columns: [textColumn(t('paper.col_what'), 70), numberColumn(t('paper.col_count'), 30)],
    rows: rows.map(([key, count]) => ({ cells: [t(`paper.${key}`), countCell(count, formats)], isStrong: false })),
  }
}

export function linesTable(report: IndexReport, context: FigureContext): SheetTable {
  const { t, formats } = context
  return {
    title: t('paper.table_lines'),
    sheet: t('paper.sheet_lines'),
    columns: [
      textColumn(t('paper.col_line'), 32),
      numberColumn(t('paper.col_percent'), 9),
      numberColumn(t('paper.col_interval'), 13),
      numberColumn(t('paper.col_base'), 8),
      ...[1, 2, 3, 4, 5].map((level) => numberColumn(t('paper.col_level', { level }), 6)),
      numberColumn(t('paper.col_source'), 8),
    ],
    rows: report.blocks[0]!.cells.map((cell) => {
      const split = cell.estimate.kind === 'published' ? cell.estimate.figures.split : null
      const shares = [0, 1, 2, 3, 4].map((i) => (split === null ? '' : percentCell(split.percents[i]!, formats)))
      return {
        cells: [itemLabel(cell.line, context), ...figureCells(cell, context), ...shares, sourceCell(cell, context)],
        isStrong: cell.line.level !== 'criterion',
      }
    }),
  }
}

export function unitsTable(report: IndexReport, context: FigureContext): SheetTable {
  const { t, language, formats } = context
  return {
    title: t('paper.table_units'),
    sheet: t('paper.sheet_units'),
    columns: [
      textColumn(t('paper.col_unit'), 42),
      numberColumn(t('paper.complete'), 11),
      numberColumn(t('paper.col_percent'), 11),
      numberColumn(t('paper.col_interval'), 15),
      numberColumn(t('paper.col_base'), 8),
      numberColumn(t('paper.col_rank'), 13),
      numberColumn(t('paper.col_source'), 8),
    ],
    rows: comparedBlocks(report).map((block) => {
      const [index] = block.cells
      const rank = block.standing?.rank
      const range = rank ? `${rank.low}–${rank.high} / ${rank.of}` : ''
      return {
        cells: [
          nameOf(block, context),
          countCell(block.responseCount, formats),
          ...figureCells(index!, context),
          range,
          sourceCell(index!, context),
        ],
        isStrong: block.group.scope !== 'unit',
      }
    }),
  }

  function nameOf({ group, rollup }: ReportBlock, { t: say }: FigureContext): string {
    const name = group.unitName[language]
    return rollup === 'none'
      ? name
      : `${name} (${say(rollup === 'pooled' ? 'reports.headline_pooled' : 'reports.headline_simple_mean')})`
  }
}

export function factorsTable(report: IndexReport, context: FigureContext): SheetTable {
  const { t, language } = context
  const factors = report.lines.filter(({ level, isInIndex }) => level === 'factor' && isInIndex)
  const width = Math.floor(66 / Math.max(1, factors.length))
  const cellOf = ({ cells }: ReportBlock, line: Line) => cells.find((one) => lineKey(one.line) === lineKey(line))!
  return {
    title: t('paper.table_factors'),
    sheet: t('paper.sheet_factors'),
    columns: [
      textColumn(t('paper.col_unit'), 100 - width * factors.length),
      ...factors.map((line) => numberColumn(line.label[language], width)),
    ],
    rows: comparedBlocks(report)
      .filter(({ receivedCount }) => receivedCount > 0)
      .map((block) => ({
        cells: [
          block.group.unitName[language],
          ...factors.map((line) => {
            const cell = cellOf(block, line)
            const [percent] = figureCells(cell, context)
            return typeof percent === 'object' ? withSuffix(percent, ` [${context.sourceOf(cell)}]`) : percent!
          }),
        ],
        isStrong: block.group.scope !== 'unit',
      })),
  }
}

/** The city by service, the index of each with its interval. */
export function servicesTable(
  { blocks }: IndexReport,
  nameOf: (code: string) => string,
  context: FigureContext,
): SheetTable {
  const { t, formats } = context
  return {
    title: t('paper.table_services'),
    sheet: t('paper.sheet_services'),
    columns: [
      textColumn(t('paper.col_service'), 46),
      numberColumn(t('paper.complete'), 12),
      numberColumn(t('paper.col_percent'), 12),
      numberColumn(t('paper.col_interval'), 14),
      numberColumn(t('paper.col_base'), 8),
      numberColumn(t('paper.col_source'), 8),
    ],
    rows: blocks.map(({ group, responseCount, cells }) => ({
      cells: [
        nameOf(group.service ?? ''),
        countCell(responseCount, formats),
        ...figureCells(cells[0]!, context),
        sourceCell(cells[0]!, context),
      ],
      isStrong: false,
    })),
  }
}

/** The city, its areas and units; the simple mean beside the pooled total. */
const comparedBlocks = ({ blocks }: IndexReport) => blocks.filter(({ cells }) => cells.length > 0)

const sourceCell = (cell: ReportCell, { sourceOf }: FigureContext): PaperNumber => {
  return lineCell(Number(sourceOf(cell)))
}

/** Percent, interval and base; what is hidden says so by its letter in the first. */
function figureCells({ estimate }: ReportCell, context: FigureContext): readonly PaperCell[] {
  const { t, formats } = context
  if (estimate.kind === 'empty') return ['–', '', '']
  if (estimate.kind === 'suppressed')
    return [t('paper.hidden_mark', { reason: t(`paper.reason_${estimate.reason}`) }), '', '']
  const { percent, interval } = toEstimateView(estimate, context)
  // Of a coded figure no more is known than its text says.
  if (estimate.kind === 'coded') return [percent, interval, countCell(estimate.base, formats)]
  const { topTwoBoxPercent, base } = estimate.figures
  const figure = percentCell(topTwoBoxPercent, formats)
  const flag = percent.slice(figure.text.length)
  return [withSuffix(figure, flag), interval, countCell(base, formats)]
}
