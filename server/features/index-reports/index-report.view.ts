import type { IndexReport, ReportBlock } from '../../domain/report/index-report.js'
import type { ReportContext } from './estimate.view.js'
import { toFactorChart } from './factor-chart.view.js'
import { type GroupNames, toGroupTable } from './group-table.view.js'
import { toHeadline } from './headline.view.js'
import { toLineRows } from './line-table.view.js'
import { instrumentText, levelNames, methodText } from './report-facts.js'
import { type FilterChoices, toFilterFields } from './report-filters.view.js'
import { periodText } from './report-formats.js'

/** Addresses of a report with the reader's filters kept. */
export interface ReportLinks {
  readonly path: string
  readonly list: string
  /** The report without filters. */
  readonly all: string
  /** The page of explanations. */
  readonly method: string
  /** The same wave by other methods. */
  readonly methods: string
  /** The analysis of the same part of the wave. */
  readonly analysis: string
  /** The same unit over time. */
  readonly series: string
  readonly csv: string
  readonly json: string
  readonly xlsx: string
  readonly jsonStat: string
  /** The wave beside those of other modes. */
  readonly modes: string
  /** Fields that the form carries along, such as the language. */
  readonly hidden: readonly { readonly name: string; readonly value: string }[]
}

export interface IndexReportPage {
  readonly report: IndexReport
  readonly choices: FilterChoices
  readonly links: ReportLinks
  readonly names: GroupNames
  /** Responses of the wave that are out of its figures. */
  readonly voidedCount: number
  /** The same as received; `null` where nothing is out, or the reader may not. */
  readonly received: string | null
}

/** The page of an index report: the answer, then the evidence; every number finished text. */
export function toIndexReportView(
  { report, choices, links, names, voidedCount, received }: IndexReportPage,
  page: ReportContext,
) {
  const context = { ...page, reader: report.reader }
  const { t, language } = context
  const total = report.blocks[0]
  return {
    pageTitle: t('reports.title', { wave: report.wave.title[language] }),
    extraStyle: 'report.css',
    scripts: ['report-charts.js', 'unit-charts.js'],
    ...(report.wave.isSimulated ? { isSimulated: true } : {}),
    facts: factsOf(report, total, voidedCount, context),
    links,
    received,
    filters: toFilterFields(report, choices, context),
    isEmpty: total === undefined || total.receivedCount === 0,
    emptyNote: t('reports.empty', { from: context.formats.day(report.wave.opensOn) }),
    ...toReportBody(report, names, context),
    method: methodText(report, context),
  }
}

/** The evidence of a report, live or released: headline, lines, chart, and the table of its groups. */
export function toReportBody(report: IndexReport, names: GroupNames, page: ReportContext) {
  const context = { ...page, reader: report.reader }
  const { t, language } = context
  const total = report.blocks[0]
  const mean = report.blocks.find(({ rollup }) => rollup === 'simple_mean')
  const levels = levelNames(report, context)
  return {
    headlines: [toHeadline(total, context), toHeadline(mean, context)].filter((headline) => headline !== null),
    levels: levels.map((label, i) => ({ label, level: i + 1 })),
    lineCaption: t('reports.lines_caption', { name: total?.group.unitName[language] ?? '' }),
    lineRows: total === undefined ? [] : toLineRows(total, levels, context),
    groups: toGroupTable(report, names, context),
    chart: total === undefined ? null : toFactorChart(total, context),
  }
}

/** Mode, responses, questionnaire and filters: what every figure of the page rests on. */
function factsOf(
  report: IndexReport,
  total: ReportBlock | undefined,
  voidedCount: number,
  context: ReportContext,
): readonly string[] {
  const { wave, selection } = report
  const { t, formats } = context
  return [
    t(`reports.mode_${wave.mode}`),
    t('reports.responses', {
      valid: formats.count(total?.responseCount ?? 0),
      received: formats.count(total?.receivedCount ?? 0),
    }),
    ...(voidedCount === 0 ? [] : [t('reports.voided', { count: formats.count(voidedCount) })]),
    instrumentText(report, context),
    methodText(report, context),
    periodText(selection.period, t, formats) ?? t('reports.whole_wave', { from: formats.day(wave.opensOn) }),
  ]
}
