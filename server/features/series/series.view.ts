import { addDays } from '../../domain/survey/day.js'
import { GLOSSARY_PATH, itemLabel } from '../index-reports/index.js'
import type { OtherMode, SeriesOutcome } from './get-series.js'
import { toHistoryView } from './history.view.js'
import { toAnswer } from './series-answer.view.js'
import { toSeriesChart } from './series-chart.view.js'
import { type SeriesFormInput, toSeriesForm } from './series-form.view.js'
import { toPanelRows } from './series-panel.view.js'
import { toPointRows } from './series-table.view.js'
import type { SeriesWords } from './series-words.js'
import type { UnitHistory } from './unit-history.js'

/** What the page of a series shows. */
export interface SeriesPage {
  readonly form: SeriesFormInput
  /** `null` while what was typed is wrong. */
  readonly outcome: SeriesOutcome | null
  readonly history: UnitHistory | null
  /** The page's own address with some choices changed. */
  readonly withParams: (address: string, changes?: Readonly<Record<string, string>>) => string
  readonly langQuery: string
}

/** The page of a series: the answer, the table, then the drawing; every number finished text. */
export function toSeriesView({ form, outcome, history, withParams, langQuery }: SeriesPage, words: SeriesWords) {
  const { t, language } = words
  const unit = outcome?.unit.uid ?? form.filters.unit ?? form.cityUid
  const here = (changes: Readonly<Record<string, string>>) => withParams('/series', changes)
  return {
    pageTitle: t('series.title', { unit: words.registry.nameOf(unit, form.today)[language] }),
    extraStyle: 'series.css',
    scripts: ['series-charts.js'],
    ...(isSimulated(outcome) ? { isSimulated: true } : {}),
    form: toSeriesForm(form, words),
    hidden: langQuery === '' ? [] : [{ name: 'lang', value: language }],
    links: {
      csv: withParams('/series/points.csv'),
      xlsx: withParams('/series/points.xlsx'),
      json: withParams('/series/points.json'),
      method: `${GLOSSARY_PATH}${langQuery}`,
    },
    trouble: outcome === null ? null : troubleOf(outcome, words),
    found: outcome?.kind === 'series' ? foundOf(outcome, here, words) : null,
    others: outcome === null || !('others' in outcome) ? [] : toOthers(outcome.others, here, words),
    history: history && toHistoryView(history, (uid) => here({ unit: uid }), words),
  }
}

const isSimulated = (outcome: SeriesOutcome | null): boolean =>
  outcome?.kind === 'series' && outcome.series.points.some(({ wave }) => wave.isSimulated)

type Here = (changes: Readonly<Record<string, string>>) => string

function foundOf({ series, mode }: Extract<SeriesOutcome, { kind: 'series' }>, here: Here, words: SeriesWords) {
  const { t } = words
  const line = itemLabel(series.line, words)
  return {
    mode: t(`reports.mode_${mode}`),
    rule: t(`reports.rule_${series.rule}`),
    isEmpty: series.points.length === 0,
    answer: toAnswer(series, words),
    caption: `${t('series.table_caption')}: ${line}`,
    isMonthly: series.grain === 'month',
    rows: toPointRows(series, words),
    chart: toSeriesChart(series, words),
    chartTitle: [
      t('series.chart_title', { line }),
      ...(series.charts.length === 0 ? [] : [t('series.chart_limits')]),
    ].join('. '),
    panel: toPanelRows(series.panel, (name) => here({ line: name }), words),
  }
}

/** Why there is no series, and what to do. */
function troubleOf(outcome: SeriesOutcome, { t, formats, language, registry }: SeriesWords) {
  const { unit } = outcome
  switch (outcome.kind) {
    case 'series':
      return null
    case 'not_on_map': {
      const { validFrom, validTo } = unit
      const isNotYet = validFrom !== null && outcome.on < validFrom
      const [reason, day] = isNotYet ? ['not_yet', validFrom] : ['ended', validTo ?? outcome.on]
      const name = registry.nameOf(unit.uid, isNotYet ? validFrom : addDays(day, -1))[language]
      return {
        title: t('series.not_on_map_title', { day: formats.day(outcome.on) }),
        text: t(`series.not_on_map_${reason}`, { unit: name, day: formats.day(day) }),
      }
    }
    case 'no_wave': {
      const advice = outcome.query.map.kind === 'as_was' ? ` ${t('series.no_wave_mapped')}` : ''
      return { title: t('series.no_wave_title'), text: `${t('series.no_wave')}${advice}` }
    }
    case 'no_line':
      return { title: t('series.no_wave_title'), text: t('series.no_line') }
  }
}

function toOthers(others: readonly OtherMode[], here: Here, { t, language }: SeriesWords) {
  return others.map(({ mode, waves }) => ({
    href: here({ mode }),
    text: t('series.others', {
      mode: t(`reports.mode_${mode}`),
      waves: waves.map(({ title }) => title[language]).join('; '),
    }),
  }))
}
