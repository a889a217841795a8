import type { IndexReport, ReportCell } from '../../domain/report/index-report.js'
import { addDays } from '../../domain/survey/day.js'
import { instrumentText, levelNames, methodText, type ReportContext, toEstimateView } from '../index-reports/index.js'
import {
  accountingTable,
  type FigureContext,
  factorsTable,
  linesTable,
  servicesTable,
  unitsTable,
} from './paper-figures.view.js'
import type { SheetTable } from './paper-table.js'
import { type FrozenTables, frozenTables } from './paper-tables.view.js'
import type { WrittenRelease } from './read-release.js'
import { dayText, proofOf, successorOf } from './release-facts.view.js'

/** A chart of bars: several series on top of each other, or one. */
export interface PaperChart {
  readonly title: string
  readonly series: readonly { readonly name: string; readonly colour: string }[]
  /** Percents in the order of the series. */
  readonly bars: readonly { readonly label: string; readonly percents: readonly number[] }[]
}

/** The report of a release as an administrative paper. */
export interface Paper {
  readonly release: string
  readonly warnings: readonly string[]
  readonly about: string
  readonly source: readonly string[]
  readonly results: readonly string[]
  readonly charts: readonly PaperChart[]
  /** Numbered, in the order of the methodology. */
  readonly tables: readonly SheetTable[]
  readonly notes: readonly string[]
}

/** What the paper is written from. */
export interface PaperInput {
  readonly release: WrittenRelease
  /** Under every rule, as released: lines of the file of figures are counted over all of them. */
  readonly reports: readonly IndexReport[]
  readonly report: IndexReport
  /** `null` of a release of the first layout, which has none. */
  readonly frozen: FrozenTables | null
  readonly serviceName: (code: string) => string
  readonly published: readonly WrittenRelease[]
}

/** Puts a release on paper: where it comes from, the city, its units, and how to read them. */
export function toPaper(input: PaperInput, base: ReportContext): Paper {
  const { release, report } = input
  const context: FigureContext = { ...base, reader: report.reader, sourceOf: sourcesOf(input.reports) }
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
    charts: [answersChart(report, context), wishesChart(input, context)].filter(({ bars }) => bars.length > 0),
    tables: tablesOf(input, context),
    notes: [
      methodText(report, context),
      t('reports.note_interval'),
      t('paper.note_levels', { levels: levelNames(report, context).join(', ') }),
      t('paper.note_rank'),
      ...(input.frozen === null ? [] : [t('paper.note_tables')]),
      t('paper.note_hidden'),
    ],
  }
}

/** What tables are made of. */
export type TableInput = Pick<PaperInput, 'reports' | 'report' | 'frozen' | 'serviceName'>

/** All tables in the order of the methodology. */
function tablesOf(input: PaperInput, context: FigureContext): readonly SheetTable[] {
  const { report } = input
  const [t2, ...others] = inOrder(input, context)
  const index = [linesTable(report, context), unitsTable(report, context), factorsTable(report, context)]
  const all = [accountingTable(report, context), ...(t2 ? [t2] : []), ...index, ...others]
  return all.map((table, i) => ({
    ...table,
    title: context.t('paper.table_number', { n: i + 1, title: table.title }),
  }))
}

/** Those besides the index by unit; the first is T2, `undefined` where nobody was asked who they are. */
function inOrder({ reports, report, frozen, serviceName }: TableInput, context: FigureContext) {
  const { t2, ...others } = frozen === null ? {} : frozenTables(frozen, report.rule, context)
  const byService = reports.find((one) => one.breakdown === 'service' && one.rule === report.rule)
  const services = byService === undefined ? [] : [servicesTable(byService, serviceName, context)]
  return [t2, ...services, ...Object.values(others)] as const
}

/** The tables besides the index by unit, each figure with its line in the bundle. */
export function moreTables(input: TableInput, base: ReportContext): readonly SheetTable[] {
  const context: FigureContext = { ...base, reader: input.report.reader, sourceOf: sourcesOf(input.reports) }
  return inOrder(input, context).filter((table) => table !== undefined)
}

/** Rows of the file of figures follow rules, groups and lines in order, the head being line 1. */
function sourcesOf(reports: readonly IndexReport[]): (cell: ReportCell) => string {
  const cells = reports.flatMap(({ blocks }) => blocks.flatMap(({ cells: own }) => own))
  const lines = new Map(cells.map((cell, i) => [cell, i + 2]))
  return (cell) => String(lines.get(cell))
}

function sourceTexts({ release, report }: PaperInput, context: FigureContext): readonly string[] {
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

function resultTexts({ blocks, lines }: IndexReport, context: FigureContext): readonly string[] {
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

/** The five levels, worst to best, as on the pages. */
const LEVEL_COLOURS = ['A6611A', 'DFC27D', 'E9E7E2', '80CDC1', '018571']
const WISH_COLOUR = '018571'
/** Wishes with a bar. */
const LEADING = 10

/** The five shares of each factor. */
function answersChart(report: IndexReport, context: FigureContext): PaperChart {
  const bars = report.blocks[0]!.cells.flatMap(({ line, estimate }) =>
    line.level !== 'criterion' && estimate.kind === 'published' && estimate.figures.split !== null
      ? [{ label: line.label[context.language], percents: estimate.figures.split.percents }]
      : [],
  )
  const levels = levelNames(report, context)
  return {
    title: context.t('paper.chart'),
    series: LEVEL_COLOURS.map((colour, i) => ({ name: levels[i] ?? String(i + 1), colour })),
    bars,
  }
}

/** What most people want improved. */
function wishesChart({ frozen }: PaperInput, { t, language }: FigureContext): PaperChart {
  const shown = (frozen?.rows ?? []).filter(({ texts }) => texts.table === 'wishes' && texts.status === 'published')
  return {
    title: t('paper.chart_wishes'),
    series: [{ name: t('paper.col_share'), colour: WISH_COLOUR }],
    bars: shown
      .slice(0, LEADING)
      .map(({ texts }) => ({ label: texts[`label_${language}`] ?? '', percents: [Number(texts.percent)] })),
  }
}
