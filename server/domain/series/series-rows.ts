import type { Localized, Mode, RespondentType } from '../survey/vocabulary.js'
import type { BasisPart, Series, SeriesPoint } from './series.js'
import type { SeriesBreak } from './series-breaks.js'
import type { SeriesChange } from './series-changes.js'

/** Columns of a series as a table, in order. Names never change meaning; new ones go to the end. */
export const SERIES_COLUMNS = [
  'unit_uid',
  'unit_name_vi',
  'unit_name_en',
  'respondent_type',
  'mode',
  'method',
  'rule',
  'level',
  'code',
  'label_vi',
  'label_en',
  'map',
  'map_on',
  'grain',
  'wave',
  'questionnaire_hash',
  'from',
  'to',
  'reference_on',
  'segment',
  'break',
  'basis',
  'parts',
  'missing',
  'n_units',
  'simulated',
  'status',
  'reason',
  'flag',
  'is_coarse',
  'n_valid',
  'n_effective',
  'top_two_percent',
  'low_percent',
  'high_percent',
  'mean_0_100',
  'change_points',
  'change_low',
  'change_high',
  'change_p_adjusted',
  'change_verdict',
  'change_since',
  'year_points',
  'year_low',
  'year_high',
  'year_p_adjusted',
  'year_verdict',
  'centre_percent',
  'low_limit_percent',
  'high_limit_percent',
  'signals',
] as const
export type SeriesColumn = (typeof SERIES_COLUMNS)[number]

/**
 * One point as a row. A figure is `null` beside any `status` but `published`. `n_valid` of an estimate is a size made by shares, no
 * count of people (`basis` `estimated`); the people are in `parts`, as `uid:share:n`, `n` empty where hidden.
 */
export type SeriesRow = Readonly<Record<SeriesColumn, string | number | boolean | null>>

/** What of a series is the same in all rows. */
export interface SeriesFacts {
  readonly unitUid: string
  readonly unitName: Localized
  readonly respondentType: RespondentType
  readonly mode: Mode
}

/** The points of a series as rows, in order of time. */
export function seriesRows(series: Series, facts: SeriesFacts): readonly SeriesRow[] {
  return series.points.map((point) => rowOf(series, facts, point))
}

function rowOf(series: Series, facts: SeriesFacts, point: SeriesPoint): SeriesRow {
  const { line, map, rule, grain, method } = series
  const { wave, period, basis, outcome } = point
  const row: SeriesRow = {
    unit_uid: facts.unitUid,
    unit_name_vi: facts.unitName.vi,
    unit_name_en: facts.unitName.en,
    respondent_type: facts.respondentType,
    mode: facts.mode,
    method,
    rule,
    level: line.level,
    code: line.code,
    label_vi: line.label.vi,
    label_en: line.label.en,
    map: map.kind,
    map_on: map.kind === 'mapped' ? map.on : null,
    grain,
    wave: wave.id,
    questionnaire_hash: wave.questionnaireHash,
    from: period.from,
    to: period.to,
    reference_on: wave.referenceOn,
    segment: point.segment,
    break: point.breaks.length === 0 ? null : point.breaks.map(breakCode).join(' '),
    basis: basis.kind,
    parts: basis.parts.map(partCode).join(' '),
    missing: basis.missing.length === 0 ? null : basis.missing.join(' '),
    n_units: point.unitCount,
    simulated: wave.isSimulated,
    status: outcome.kind,
    reason: outcome.kind === 'suppressed' ? outcome.reason : null,
    flag: outcome.kind === 'published' && outcome.reliability === 'flagged' ? '†' : null,
    is_coarse: point.isCoarse,
    ...figureColumns(point),
    ...changeColumns(point.change, 'change'),
    change_since: point.change?.sinceOn ?? null,
    ...changeColumns(point.yearChange, 'year'),
    ...limitColumns(series, point),
  } as SeriesRow
  return Object.fromEntries(SERIES_COLUMNS.map((column) => [column, row[column]])) as SeriesRow
}

/** What kind of break, and of what: `boundary:events`, `instrument:A1+B2`, `gap:3`. */
function breakCode(one: SeriesBreak): string {
  switch (one.kind) {
    case 'boundary':
    case 'scope':
      return `${one.kind}:${one.cause}`
    case 'instrument':
      return `instrument:${one.items.length === 0 ? 'not_asked' : one.items.map(({ code }) => code).join('+')}`
    case 'gap':
      return `gap:${one.months}`
  }
}

const partCode = ({ uid, share, base }: BasisPart) => `${uid}:${share ?? 'unknown'}:${base ?? ''}`

function figureColumns({ outcome }: SeriesPoint) {
  const figures = outcome.kind === 'published' ? outcome.figures : null
  return {
    n_valid: figures?.base ?? (outcome.kind === 'empty' ? 0 : null),
    n_effective: figures?.effectiveBase ?? null,
    top_two_percent: figures?.topTwoBoxPercent ?? null,
    low_percent: figures?.interval.lowPercent ?? null,
    high_percent: figures?.interval.highPercent ?? null,
    mean_0_100: figures?.split?.points ?? null,
  }
}

function changeColumns(change: SeriesChange | null, name: 'change' | 'year') {
  return {
    [`${name}_points`]: change?.points ?? null,
    [`${name}_low`]: change?.lowPoints ?? null,
    [`${name}_high`]: change?.highPoints ?? null,
    [`${name}_p_adjusted`]: change?.adjustedP ?? null,
    [`${name}_verdict`]: change?.verdict ?? null,
  }
}

function limitColumns({ charts }: Series, { segment, period }: SeriesPoint) {
  const chart = charts.find((one) => one.segment === segment)
  const point = chart?.points.find((one) => one.period === period.from)
  return {
    centre_percent: point === undefined ? null : (chart?.centrePercent ?? null),
    low_limit_percent: point?.lowLimitPercent ?? null,
    high_limit_percent: point?.highLimitPercent ?? null,
    signals: point === undefined || point.signals.length === 0 ? null : point.signals.join(' '),
  }
}
