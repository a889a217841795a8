import { AGGREGATION_RULES, type AggregationRule } from '../../domain/index/aggregate.js'
import type { ComparedLine } from '../../domain/report/compare-blocks.js'
import type { ReportCell } from '../../domain/report/index-report.js'
import type { Wave } from '../../domain/survey/wave.js'
import type { UnitRegistry } from '../../domain/units/unit.js'
import { itemLabel, methodText, type ReportContext, toEstimateView, toIntervalChart } from '../index-reports/index.js'
import { toChangeView } from '../series/index.js'
import type { Comparison, Side } from './get-comparison.js'

/** What is chosen on the page. */
export interface ComparisonChoice {
  readonly waves: readonly Wave[]
  readonly wave: string | null
  readonly unit: string | null
  readonly wave2: string | null
  readonly unit2: string | null
  readonly rule: AggregationRule
  /** Whether anything was asked for; the page alone shows its form. */
  readonly isAsked: boolean
}

export interface ComparisonPage {
  readonly choice: ComparisonChoice
  readonly comparison: Comparison | null
  readonly registry: UnitRegistry
  readonly langQuery: string
}

/** The page of a comparison: its form, what stands in the way, and the lines. */
export function toComparisonView(page: ComparisonPage, context: ReportContext) {
  const { t } = context
  const { comparison, langQuery } = page
  return {
    pageTitle: t('compare.title'),
    extraStyle: 'report.css',
    scripts: ['report-charts.js'],
    form: formOf(page, context),
    ...(comparison === null ? { isEmpty: true } : resultOf(comparison, page.choice, langQuery, context)),
    ...(comparison?.first.wave.isSimulated || comparison?.second.wave.isSimulated ? { isSimulated: true } : {}),
  }
}

function formOf({ choice, registry, langQuery }: ComparisonPage, { t, language }: ReportContext) {
  const waves = (chosen: string | null) =>
    choice.waves.map(({ id, title }) => ({ value: id, label: title[language], isChosen: id === chosen }))
  const order = new Intl.Collator(language, { numeric: true })
  const units = (waveId: string | null, chosen: string | null) => {
    const wave = choice.waves.find(({ id }) => id === waveId)
    const uids = wave === undefined ? [] : unitsOf(registry, wave)
    const options = uids
      .map((uid) => ({
        value: uid,
        label: registry.nameOf(uid, wave!.referenceOn)[language],
        isChosen: uid === chosen,
      }))
      .toSorted((a, b) => order.compare(a.label, b.label))
    return [{ value: '', label: t('compare.city'), isChosen: chosen === null }, ...options]
  }
  return {
    lang: langQuery === '' ? null : language,
    sides: [
      {
        legend: t('compare.first'),
        wave: 'wave',
        unit: 'unit',
        waves: waves(choice.wave),
        units: units(choice.wave, choice.unit),
      },
      {
        legend: t('compare.second'),
        wave: 'wave2',
        unit: 'unit2',
        waves: waves(choice.wave2),
        units: units(choice.wave2, choice.unit2),
      },
    ],
    rules: AGGREGATION_RULES.map((rule) => ({
      value: rule,
      label: t(`reports.rule_${rule}`),
      isChosen: rule === choice.rule,
    })),
  }
}

/** Units of a wave and the areas above them. */
function unitsOf(registry: UnitRegistry, wave: Wave): readonly string[] {
  const areas = wave.unitUids.flatMap((uid) => registry.parentOf(uid, wave.referenceOn)?.uid ?? [])
  return [...new Set([...wave.unitUids, ...areas])].filter((uid) => uid !== registry.cityUid)
}

function resultOf(comparison: Comparison, choice: ComparisonChoice, langQuery: string, context: ReportContext) {
  const { t, language } = context
  const { first, second, obstacles, lines, report } = comparison
  const nameOf = ({ name, wave }: Side) => `${name[language]}, ${wave.title[language]}`
  const missing = [first, second].filter(({ block }) => block === null).map(nameOf)
  const rows = lines.map((line) => rowOf(line, context))
  const params = new URLSearchParams(langQuery)
  for (const [name, value] of Object.entries({
    wave: choice.wave,
    unit: choice.unit,
    wave2: choice.wave2,
    unit2: choice.unit2,
  }))
    if (value !== null) params.set(name, value)
  params.set('rule', choice.rule)
  return {
    sides: { first: nameOf(first), second: nameOf(second) },
    obstacles: [
      ...obstacles.map((obstacle) => t(`compare.obstacle_${obstacle}`)),
      ...missing.map((name) => t('compare.missing', { name })),
    ],
    rows,
    hasRows: rows.length > 0,
    moved: rows.filter(({ change }) => change !== null && change.kind !== 'noise').length,
    summary: summaryOf(lines, context),
    chart: chartOf(comparison, context),
    csv: `/compare.csv?${params}`,
    method: methodText(report, context),
  }
}

function summaryOf(lines: readonly ComparedLine[], { t, formats }: ReportContext): string {
  const compared = lines.filter(({ change }) => change !== null)
  const countOf = (verdict: string) =>
    formats.count(compared.filter(({ change }) => change?.verdict === verdict).length)
  return t('compare.summary', {
    compared: formats.count(compared.length),
    rise: countOf('rise'),
    fall: countOf('fall'),
    noise: countOf('noise'),
  })
}

function rowOf({ line, first, second, change, why }: ComparedLine, context: ReportContext) {
  const { t } = context
  const figureOf = (cell: ReportCell | null) => (cell === null ? null : toEstimateView(cell.estimate, context))
  return {
    label: itemLabel(line, context),
    isStrong: line.level !== 'criterion',
    first: figureOf(first),
    second: figureOf(second),
    change: toChangeView(change, context),
    why:
      why === null
        ? ''
        : t(`compare.why_${why.kind}`, {
            items: why.kind === 'instrument' ? why.items.map(({ code }) => code).join(', ') : '',
          }),
  }
}

const MIN_DRAWN = 2

/** Index and factors of both sides beside each other. */
function chartOf({ lines }: Comparison, context: ReportContext) {
  const { t, language } = context
  const marks = lines
    .filter(({ line, change }) => line.level !== 'criterion' && change !== null)
    .flatMap(({ line, first, second }) =>
      [first!, second!].map(({ estimate }, i) => {
        const label = `${line.label[language]} (${i + 1})`
        const { percent, interval, base } = toEstimateView(estimate, context)
        return { label, note: t('agency.trend_note', { percent, interval, base }), estimate }
      }),
    )
  return toIntervalChart(marks, t('agency.trend_axis'), MIN_DRAWN)
}
