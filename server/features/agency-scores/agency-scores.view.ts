import { lineKey } from '../../domain/index/lines.js'
import type { ReportBlock, ReportCell } from '../../domain/report/index-report.js'
import type { Language } from '../../domain/survey/vocabulary.js'
import type { Translate } from '../../platform/text.js'
import type { AgencyScores } from './agency-scores.js'
import type { Wording } from './estimate.view.js'
import { figureFormats } from './figure-formats.js'
import { toHeadlineView } from './headline.view.js'
import { type KindMedian, mediansOfKind } from './kind-median.js'
import { type PublishedCell, rankCriteria } from './rank-criteria.js'
import { isSignificantlyLow, toScoreRow } from './score-row.view.js'
import { toTrendView } from './trend.view.js'

/** Criteria in the lists of the strongest and the weakest. */
const RANKED = 5

/** How the page is read: by whom, in which language, under which address. */
export interface AgencyPage {
  readonly language: Language
  readonly t: Translate
  /** Path of the page, `/agency` for the agency itself. */
  readonly path: string
  /** Set where the reader chose the language in the address. */
  readonly isLanguageChosen: boolean
}

type Medians = ReadonlyMap<string, KindMedian>

function pickerOf({ wave, waves }: AgencyScores, { language, path, isLanguageChosen }: AgencyPage) {
  return {
    action: path,
    lang: isLanguageChosen ? language : null,
    hasChoice: waves.length > 1,
    waves: waves.map(({ id, title }) => ({ id, title: title[language], isCurrent: id === wave.id })),
  }
}

function factsOf(block: ReportBlock | undefined, { wave, byUnit }: AgencyScores, { t, formats }: Wording) {
  return [
    t(`agency.mode_${wave.mode}`),
    t('agency.responses', {
      valid: formats.count(block?.responseCount ?? 0),
      received: formats.count(block?.receivedCount ?? 0),
    }),
    formats.days(wave.opensOn, wave.closesOn),
    t('agency.method', { method: byUnit.method, rule: t(`agency.rule_${byUnit.rule}`) }),
  ].join(' · ')
}

function rankedOf(cells: readonly PublishedCell[], medians: Medians, { formats }: Wording, language: Language) {
  return cells.map(({ line, estimate: { figures } }) => ({
    label: line.label[language],
    percent: formats.percent(figures.topTwoBoxPercent),
    interval: formats.interval(figures.interval),
    base: formats.count(figures.base),
    isLow: isSignificantlyLow(figures, medians.get(lineKey(line))),
  }))
}

/** Factors with their criteria: those of the index, and what is reported beside it. */
function tablesOf(cells: readonly ReportCell[], medians: Medians, wording: Wording, language: Language) {
  const rowsOf = (isInIndex: boolean) =>
    cells
      .filter(({ line }) => line.level !== 'overall' && line.isInIndex === isInIndex)
      .map((cell) => toScoreRow(cell, medians.get(lineKey(cell.line)), wording, language))
  const table = (title: string, rows: ReturnType<typeof rowsOf>) => (rows.length > 0 ? [{ title, rows }] : [])
  return [
    ...table(wording.t('agency.by_factor'), rowsOf(true)),
    ...table(wording.t('agency.beside_index'), rowsOf(false)),
  ]
}

/** The head of every page about an agency and a wave. */
function headOf(scores: AgencyScores, page: AgencyPage) {
  const { wave, unit } = scores
  return {
    pageTitle: unit.name[page.language],
    waveTitle: wave.title[page.language],
    picker: pickerOf(scores, page),
  }
}

/** What the page of an agency shows: finished text, and numbers only for the chart. */
export function toAgencyScoresView(scores: AgencyScores, page: AgencyPage) {
  const { unit, byUnit, byMonth, sameKind } = scores
  const { language, t } = page
  const wording: Wording = { t, formats: figureFormats(language) }
  const block = byUnit.blocks.find(({ group }) => group.scope === 'unit' && group.unitUid === unit.uid)
  const medians = mediansOfKind(byUnit.blocks, sameKind)
  const cells = block?.cells ?? []
  const overall = cells.find(({ line }) => line.level === 'overall')
  const { strongest, weakest } = rankCriteria(cells, RANKED)
  const trend = toTrendView(byMonth, wording)
  return {
    ...headOf(scores, page),
    facts: factsOf(block, scores, wording),
    hasResponses: (block?.responseCount ?? 0) > 0,
    emptyText: t('agency.empty', { from: wording.formats.day(scores.wave.opensOn) }),
    headline: overall ? toHeadlineView(overall, medians.get(lineKey(overall.line)), wording) : null,
    weakest: rankedOf(weakest, medians, wording, language),
    strongest: rankedOf(strongest, medians, wording, language),
    hasRanked: weakest.length > 0,
    tables: tablesOf(cells, medians, wording, language),
    levels: [1, 2, 3, 4, 5].map((level) => ({ level: `l${level}`, label: t(`agency.level_${level}`) })),
    trend,
    hasTrend: trend.rows.length > 0,
    scripts: trend.chart ? ['agency-charts.js'] : [],
  }
}

/** What the page shows of an agency that is in no wave. */
export function toNoWaveView(name: string, t: Translate) {
  return { pageTitle: name, emptyText: t('agency.no_wave') }
}
