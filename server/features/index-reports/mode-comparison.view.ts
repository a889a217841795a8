import type { ModePair, ModeRow } from '../../domain/report/compare-modes.js'
import type { IndexReport } from '../../domain/report/index-report.js'
import { type EstimateView, type ReportContext, toEstimateView } from './estimate.view.js'
import type { ModesOfWave } from './get-mode-comparison.js'
import { labelOf } from './line-table.view.js'
import { methodText } from './report-facts.js'
import { periodText } from './report-formats.js'

/** Addresses of the page of modes. */
export interface ModeLinks {
  readonly report: string
  readonly method: string
  readonly csv: string
  readonly xlsx: string
  readonly json: string
  readonly hrefOfReport: (waveId: string) => string
}

interface ModeRowView {
  readonly name: string
  readonly reference: EstimateView
  readonly other: EstimateView
  /** Empty where either figure is not shown. */
  readonly gap: string
  readonly gapInterval: string
  /** Whether the whole interval lies on one side of 0, in words. */
  readonly finding: string
}

/** The page of modes: for each other mode a table of lines and one of units, figures side by side. */
export function toModeComparisonView({ wave, comparison }: ModesOfWave, links: ModeLinks, context: ReportContext) {
  const { t, formats, language } = context
  const { reference, pairs } = comparison
  const period = reference.selection.period
  return {
    pageTitle: t('reports.modes_title', { wave: wave.title[language] }),
    extraStyle: 'report.css',
    ...(wave.isSimulated ? { isSimulated: true } : {}),
    facts: [
      t(`reports.respondents_${wave.respondentType}`),
      reference.blocks[0]?.group.unitName[language] ?? '',
      periodText(period, t, formats) ?? t('reports.whole_wave', { from: formats.day(wave.opensOn) }),
      methodText(reference, context),
    ],
    links: { report: links.report, method: links.method, csv: links.csv, xlsx: links.xlsx, json: links.json },
    isAlone: pairs.length === 0,
    pairs: pairs.map((pair, i) => toPairView(reference, pair, i, links, context)),
  }
}

function toPairView(
  reference: IndexReport,
  pair: ModePair,
  i: number,
  { hrefOfReport }: ModeLinks,
  context: ReportContext,
) {
  const { t, formats, language } = context
  const headOf = ({ wave, blocks }: IndexReport) => ({
    mode: t(`reports.mode_${wave.mode}`),
    title: wave.title[language],
    href: hrefOfReport(wave.id),
    responses: t('reports.mode_responses', { count: formats.count(blocks[0]?.responseCount ?? 0) }),
  })
  const collator = new Intl.Collator(language, { numeric: true })
  const units = pair.unitRows
    .map((row) => toModeRow(row, row.group.unitName[language], context))
    .sort((a, b) => collator.compare(a.name, b.name))
  const heads = { reference: headOf(reference), other: headOf(pair.report) }
  const unitLine = pair.unitRows[0]?.line
  return {
    id: `pair-${i + 1}`,
    title: t('reports.modes_pair', { other: heads.other.mode, reference: heads.reference.mode }),
    ...heads,
    waves: [heads.reference, heads.other],
    note: pair.isSameQuestionnaire ? '' : t('reports.modes_other_questionnaire'),
    isIncomparable: pair.rows.length === 0,
    rows: pair.rows.map((row) => toModeRow(row, labelOf(row.line, context), context)),
    unitCaption: unitLine === undefined ? '' : t('reports.modes_units', { line: labelOf(unitLine, context) }),
    units,
  }
}

function toModeRow(row: ModeRow, name: string, context: ReportContext): ModeRowView {
  const { t, formats } = context
  const facts = {
    name,
    reference: toEstimateView(row.reference, context),
    other: toEstimateView(row.other, context),
  }
  if (row.gap === null) return { ...facts, gap: '', gapInterval: '', finding: '' }
  const { points, lowPoints, highPoints } = row.gap
  const finding = lowPoints > 0 ? 'higher' : highPoints < 0 ? 'lower' : 'open'
  return {
    ...facts,
    gap: formats.signed(points),
    gapInterval: `${formats.signed(lowPoints)} … ${formats.signed(highPoints)}`,
    finding: t(`reports.modes_${finding}`),
  }
}
