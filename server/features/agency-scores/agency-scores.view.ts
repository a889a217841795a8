import { lineKey } from '../../domain/index/lines.js'
import type { ReportBlock, ReportCell } from '../../domain/report/index-report.js'
import { type KindMedian, mediansOfKind } from '../../domain/report/kind-median.js'
import { type PublishedCell, rankCriteria } from '../../domain/report/rank-criteria.js'
import { isSignificantlyLow } from '../../domain/report/targets.js'
import type { IsoDay } from '../../domain/survey/vocabulary.js'
import type { Translate } from '../../platform/text.js'
import {
  instrumentText,
  itemLabel,
  levelNames,
  methodText,
  periodText,
  type ReportContext,
} from '../index-reports/index.js'
import type { AgencyScores } from './agency-scores.js'
import { toHeadlineView } from './headline.view.js'
import { toScoreRow } from './score-row.view.js'
import { toServicesView } from './services.view.js'
import { toTrendView } from './trend.view.js'

/** Criteria in the lists of the strongest and the weakest. */
const RANKED = 5

/** Where the page stands. */
export interface AgencyPlace {
  /** Path of the page, `/agency` for the agency itself. */
  readonly path: string
  /** The agencies that the reader may open; `null` where this is the only one. */
  readonly listHref: string | null
  /** The language, where the reader chose it in the address and the form must keep it. */
  readonly chosenLanguage: string | null
  /** Whether the reader may see all services together. */
  readonly isWhole: boolean
}

type Medians = ReadonlyMap<string, KindMedian>

function pickerOf(
  { wave, waves, service, choices }: AgencyScores,
  { path, chosenLanguage, isWhole }: AgencyPlace,
  { language, t }: ReportContext,
) {
  const all = isWhole ? [{ code: '', name: t('reports.filter_service_all') }] : []
  const services = [...all, ...choices.map(({ code, name }) => ({ code, name: name[language] }))]
  return {
    action: path,
    lang: chosenLanguage,
    hasChoice: waves.length > 1 || services.length > 1,
    hasWaves: waves.length > 1,
    hasServices: services.length > 1,
    services: services.map((one) => ({ ...one, isCurrent: one.code === (service ?? '') })),
    waveId: wave.id,
    service: service ?? '',
    waves: waves.map(({ id, title }) => ({ id, title: title[language], isCurrent: id === wave.id })),
  }
}

/** Addresses of this page about a service, and of pages below it. */
const addressesOf =
  (waveId: string, { path, chosenLanguage }: AgencyPlace) =>
  (service: string, below = '') => {
    const params = new URLSearchParams({ wave: waveId })
    if (service !== '') params.set('service', service)
    if (chosenLanguage !== null) params.set('lang', chosenLanguage)
    return `${path}${below}?${params}`
  }

/** What every figure of the page rests on. */
function factsOf(
  block: ReportBlock | undefined,
  { wave, byUnit, service, choices }: AgencyScores,
  context: ReportContext,
) {
  const { t, formats, language } = context
  const { from, to } = byUnit.selection.period
  const shown = { from: laterDay(from, wave.opensOn), to: earlierDay(to, wave.closesOn) }
  return [
    service === null ? null : (choices.find(({ code }) => code === service)?.name[language] ?? service),
    t(`reports.mode_${wave.mode}`),
    t('reports.responses', {
      valid: formats.count(block?.responseCount ?? 0),
      received: formats.count(block?.receivedCount ?? 0),
    }),
    periodText(shown, t, formats),
    instrumentText(byUnit, context),
    methodText(byUnit, context),
  ].filter((fact) => fact !== null)
}

const laterDay = (day: IsoDay | null, other: IsoDay) => (day !== null && day > other ? day : other)
const earlierDay = (day: IsoDay | null, other: IsoDay) => (day !== null && day < other ? day : other)

function rankedOf(cells: readonly PublishedCell[], medians: Medians, context: ReportContext) {
  const { formats } = context
  return cells.map(({ line, estimate: { figures } }) => ({
    label: itemLabel(line, context),
    percent: formats.percent(figures.topTwoBoxPercent),
    interval: formats.interval(figures.interval),
    base: formats.count(figures.base),
    isLow: isSignificantlyLow(figures.interval, medians.get(lineKey(line))?.percent),
  }))
}

/** Makes a table of factors with their criteria; `null` without a row. */
function tableOf(
  title: string,
  cells: readonly ReportCell[],
  toRow: (cell: ReportCell) => ReturnType<typeof toScoreRow>,
  noteOf: (cells: readonly ReportCell[]) => string,
) {
  const lines = cells.filter(({ line }) => line.level !== 'overall')
  return lines.length > 0 ? { title, rows: lines.map(toRow), medianNote: noteOf(lines) } : null
}

/** Of how many units the medians of a table are, from fewest to most; empty without a median. */
function medianNoteOf(cells: readonly ReportCell[], medians: Medians, { t, formats }: ReportContext): string {
  const counts = cells.flatMap(({ line }) => medians.get(lineKey(line))?.unitCount ?? [])
  if (counts.length === 0) return ''
  const [fewest, most] = [formats.count(Math.min(...counts)), formats.count(Math.max(...counts))]
  return t('agency.median_units', { units: fewest === most ? most : `${fewest}–${most}` })
}

/** What the page of an agency shows: finished text, and numbers only for the chart. */
export function toAgencyScoresView(scores: AgencyScores, place: AgencyPlace, context: ReportContext) {
  const { unit, wave, byUnit, overTime, sameKind } = scores
  const { language, t, formats } = context
  const block = byUnit.blocks.find(({ group }) => group.scope === 'unit' && group.unitUid === unit.uid)
  const cells = block?.cells ?? []
  const overall = cells.find(({ line }) => line.level === 'overall')
  const medians = mediansOfKind(byUnit.blocks, sameKind)
  const { strongest, weakest } = rankCriteria(cells, RANKED)
  const levels = levelNames(byUnit, context)
  const toRow = (cell: ReportCell) => toScoreRow(cell, medians.get(lineKey(cell.line)), levels, context)
  const noteOf = (lines: readonly ReportCell[]) => medianNoteOf(lines, medians, context)
  const trend = toTrendView(overTime, context)
  const hrefOf = addressesOf(wave.id, place)
  const indexTable = tableOf(
    t('agency.by_factor'),
    cells.filter(({ line }) => line.isInIndex),
    toRow,
    noteOf,
  )
  const besideTable = tableOf(
    t('agency.beside_index'),
    cells.filter(({ line }) => !line.isInIndex),
    toRow,
    noteOf,
  )
  return {
    pageTitle: unit.name[language],
    waveTitle: wave.title[language],
    listHref: place.listHref,
    picker: pickerOf(scores, place, context),
    facts: factsOf(block, scores, context),
    isEmpty: (block?.responseCount ?? 0) === 0,
    emptyText: t('agency.empty', { from: formats.day(wave.opensOn) }),
    headline: overall ? toHeadlineView(overall, medians.get(lineKey(overall.line)), context) : null,
    weakest: rankedOf(weakest, medians, context),
    strongest: rankedOf(strongest, medians, context),
    hasRanked: weakest.length > 0,
    levels: levels.map((label, i) => ({ label, level: i + 1 })),
    indexTable,
    besideTable,
    hasLow: [indexTable, besideTable].some((table) => table?.rows.some(({ isLow }) => isLow)),
    services: toServicesView(scores, hrefOf, context),
    commentsHref: hrefOf(scores.service ?? '', '/comments'),
    trend,
    hasTrend: trend.rows.length > 0,
    extraStyle: 'agency.css',
    scripts: trend.chart ? ['agency-charts.js'] : [],
    ...(wave.isSimulated ? { isSimulated: true } : {}),
  }
}

/** What the page shows of an agency that is in no wave. */
export function toNoWaveView(name: string, listHref: string | null, t: Translate) {
  return { pageTitle: name, listHref, emptyText: t('agency.no_wave') }
}
