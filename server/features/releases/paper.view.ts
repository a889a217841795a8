import { type Line, lineKey } from '../../domain/index/lines.js'
import type { IndexReport, ReportBlock, ReportCell } from '../../domain/report/index-report.js'
import { addDays } from '../../domain/survey/day.js'
import {
  instrumentText,
  itemLabel,
  levelNames,
  methodText,
  type ReportContext,
  toEstimateView,
} from '../index-reports/index.js'
import { countCell, type PaperCell, type PaperNumber, percentCell, withSuffix } from './paper-cells.js'
import type { WrittenRelease } from './read-release.js'
import { dayText, proofOf, successorOf } from './release-facts.view.js'

/** A table of the paper. */
export interface PaperTable {
  readonly title: string
  readonly columns: readonly { readonly label: string; readonly width: number; readonly isNumber: boolean }[]
  readonly rows: readonly { readonly cells: readonly PaperCell[]; readonly isStrong: boolean }[]
}

/** The five shares of each factor. */
export interface PaperChart {
  readonly title: string
  readonly levels: readonly string[]
  readonly bars: readonly { readonly label: string; readonly percents: readonly number[] }[]
}

/** The report of a release as an administrative paper. */
export interface Paper {
  readonly release: string
  readonly warnings: readonly string[]
  readonly about: string
  readonly source: readonly string[]
  readonly results: readonly string[]
  readonly chart: PaperChart | null
  readonly tables: readonly PaperTable[]
  readonly notes: readonly string[]
}

/** What the paper is written from. */
export interface PaperInput {
  readonly release: WrittenRelease
  /** Under every rule, as released: lines of the file of figures are counted over all of them. */
  readonly reports: readonly IndexReport[]
  readonly report: IndexReport
  readonly published: readonly WrittenRelease[]
}

interface PaperContext extends ReportContext {
  /** Line of `figures.csv` on which a cell stands. */
  readonly sourceOf: (cell: ReportCell) => string
}

/** Puts a release on paper: where it comes from, the city, its units, and how to read them. */
export function toPaper(input: PaperInput, base: ReportContext): Paper {
  const { release, report } = input
  const context: PaperContext = { ...base, reader: report.reader, sourceOf: sourcesOf(input.reports) }
  const { t } = context
  const successor = successorOf(release, input.published)
  return {
    release: release.id,
    warnings: [
      ...(report.wave.isSimulated ? [t('paper.simulated')] : []),
      ...(successor === undefined ? [] : [t('paper.superseded', { release: successor.id })]),
    ],
    about: t('paper.about', { wave: report.wave.title[context.language] }),
    source: sourceTexts(input, context),
    results: resultTexts(report, context),
    chart: chartOf(report, context),
    tables: [
      accountingTable(report, context),
      linesTable(report, context),
      unitsTable(report, context),
      factorsTable(report, context),
    ],
    notes: [
      methodText(report, context),
      t('reports.note_interval'),
      t('paper.note_levels', { levels: levelNames(report, context).join(', ') }),
      t('paper.note_rank'),
      t('paper.note_hidden'),
    ],
  }
}

/** Rows of the file of figures follow rules, groups and lines in order, the head being line 1. */
function sourcesOf(reports: readonly IndexReport[]): (cell: ReportCell) => string {
  const cells = reports.flatMap(({ blocks }) => blocks.flatMap(({ cells: own }) => own))
  const lines = new Map(cells.map((cell, i) => [cell, i + 2]))
  return (cell) => String(lines.get(cell))
}

function sourceTexts({ release, report }: PaperInput, context: PaperContext): readonly string[] {
  const { t, language, formats } = context
  const { wave } = report
  const facts = { release: release.id, day: dayText(release.publishedAt, context) }
  const corrects = (JSON.parse(release.manifest) as { corrects: { release: string } | null }).corrects
  const period = { from: formats.day(wave.opensOn), to: formats.day(addDays(wave.closesOn, -1)) }
  return [
    t('paper.source_release', facts),
    t('paper.source_manifest', { manifest: proofOf(release).manifest }),
    ...(corrects === null ? [] : [t('paper.source_corrects', { release: corrects.release })]),
    release.reason[language],
    t('paper.source_wave', {
      wave: wave.title[language],
      period: t('reports.period_between', period),
      mode: t(`reports.mode_${wave.mode}`),
      instrument: instrumentText(report, context),
    }),
    t('paper.source_cells'),
  ]
}

function resultTexts({ blocks, lines }: IndexReport, context: PaperContext): readonly string[] {
  const { t, formats, language } = context
  const total = blocks[0]!
  const index = total.cells.find(({ line }) => line.level === 'overall')
  if (index === undefined) return []
  const view = toEstimateView(index.estimate, context)
  if (index.estimate.kind !== 'published') return [t('paper.headline_hidden', { why: view.why || view.percent })]
  const factors = total.cells.flatMap(({ line, estimate }) =>
    line.level === 'factor' && line.isInIndex && estimate.kind === 'published'
      ? [{ line, figures: estimate.figures }]
      : [],
  )
  const [lowest] = factors.toSorted((a, b) => a.figures.topTwoBoxPercent - b.figures.topTwoBoxPercent)
  const percentOf = (percent: number) => formats.percent(percent)
  return [
    t('paper.headline', {
      percent: percentOf(index.estimate.figures.topTwoBoxPercent),
      interval: view.interval,
      base: view.base,
    }),
    ...(lowest === undefined || lines.length < 2
      ? []
      : [
          t('paper.lowest', {
            factor: lowest.line.label[language],
            percent: percentOf(lowest.figures.topTwoBoxPercent),
            interval: formats.interval(lowest.figures.interval),
          }),
        ]),
  ]
}

function chartOf(report: IndexReport, context: PaperContext): PaperChart | null {
  const bars = report.blocks[0]!.cells.flatMap(({ line, estimate }) =>
    line.level !== 'criterion' && estimate.kind === 'published' && estimate.figures.split !== null
      ? [{ label: line.label[context.language], percents: estimate.figures.split.percents }]
      : [],
  )
  return bars.length === 0 ? null : { title: context.t('paper.chart'), levels: levelNames(report, context), bars }
}

const text = (label: string, width: number) => ({ label, width, isNumber: false })
const number = (label: string, width: number) => ({ label, width, isNumber: true })

function accountingTable({ blocks }: IndexReport, { t, formats }: PaperContext): PaperTable {
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
    columns: [text(t('paper.col_what'), 70), number(t('paper.col_count'), 30)],
    rows: rows.map(([key, count]) => ({ cells: [t(`paper.${key}`), countCell(count, formats)], isStrong: false })),
  }
}

function linesTable(report: IndexReport, context: PaperContext): PaperTable {
  const { t, formats } = context
  return {
    title: t('paper.table_lines'),
    columns: [
      text(t('paper.col_line'), 32),
      number(t('paper.col_percent'), 9),
      number(t('paper.col_interval'), 13),
      number(t('paper.col_base'), 8),
      ...[1, 2, 3, 4, 5].map((level) => number(t('paper.col_level', { level }), 6)),
      number(t('paper.col_source'), 8),
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

function unitsTable(report: IndexReport, context: PaperContext): PaperTable {
  const { t, language, formats } = context
  return {
    title: t('paper.table_units'),
    columns: [
      text(t('paper.col_unit'), 42),
      number(t('paper.complete'), 11),
      number(t('paper.col_percent'), 11),
      number(t('paper.col_interval'), 15),
      number(t('paper.col_base'), 8),
      number(t('paper.col_rank'), 13),
      number(t('paper.col_source'), 8),
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

  function nameOf({ group, rollup }: ReportBlock, { t: say }: PaperContext): string {
    const name = group.unitName[language]
    return rollup === 'none'
      ? name
      : `${name} (${say(rollup === 'pooled' ? 'reports.headline_pooled' : 'reports.headline_simple_mean')})`
  }
}

function factorsTable(report: IndexReport, context: PaperContext): PaperTable {
  const { t, language } = context
  const factors = report.lines.filter(({ level, isInIndex }) => level === 'factor' && isInIndex)
  const width = Math.floor(66 / Math.max(1, factors.length))
  const cellOf = ({ cells }: ReportBlock, line: Line) => cells.find((one) => lineKey(one.line) === lineKey(line))!
  return {
    title: t('paper.table_factors'),
    columns: [
      text(t('paper.col_unit'), 100 - width * factors.length),
      ...factors.map((line) => number(line.label[language], width)),
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

/** The city, its areas and units; the simple mean beside the pooled total. */
const comparedBlocks = ({ blocks }: IndexReport) => blocks.filter(({ cells }) => cells.length > 0)

const sourceCell = (cell: ReportCell, { sourceOf }: PaperContext): PaperNumber => {
  const text = sourceOf(cell)
  return { text, value: Number(text), digits: 0, suffix: '' }
}

/** Percent, interval and base; what is hidden says so by its letter in the first. */
function figureCells({ estimate }: ReportCell, context: PaperContext): readonly PaperCell[] {
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
