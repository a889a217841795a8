import { z } from 'zod'
import { AGGREGATION_RULES, type AggregationRule } from '../../domain/index/aggregate.js'
import type { Line } from '../../domain/index/lines.js'
import { SERIES_GRAINS, type SeriesGrain, type SeriesMap } from '../../domain/series/series.js'
import { addMonths, isIsoDay } from '../../domain/survey/day.js'
import { MODES, type Mode, type Period, RESPONDENT_TYPES, type RespondentType } from '../../domain/survey/vocabulary.js'
import { orNothing } from '../../platform/http/parse-request.js'

/** Which series somebody wants. */
export interface SeriesQuery {
  readonly unitUid: string
  readonly line: Pick<Line, 'level' | 'code'>
  readonly rule: AggregationRule
  readonly respondentType: RespondentType
  /** `null`: the most independent one with a wave. */
  readonly mode: Mode | null
  readonly grain: SeriesGrain
  readonly map: SeriesMap
  readonly period: Period
}

const typed = z.string().trim().max(40)

/** The choices of a series, the same for page, files and API. What is typed is checked by `toSeriesQuery`. */
export const seriesFilters = z.object({
  unit: orNothing(z.string().regex(/^[a-z0-9.-]{1,80}$/)).describe('Unit, with the units below it; default the city'),
  line: orNothing(z.string().regex(/^(overall|(factor|criterion)\.[\w-]{1,60})$/)).describe(
    'overall (default), factor.CODE or criterion.CODE',
  ),
  rule: orNothing(z.enum(AGGREGATION_RULES)).describe(
    'How factors and the index follow from the criteria; default mean_of_children',
  ),
  respondents: orNothing(z.enum(RESPONDENT_TYPES)).describe('Who answered; default citizen'),
  mode: orNothing(z.enum(MODES)).describe('How it was collected; default the most independent mode with a wave'),
  by: orNothing(z.enum(SERIES_GRAINS)).describe('What a point is: a wave (default) or a month'),
  map: orNothing(z.enum(['as_was', 'mapped'])).describe(
    'as_was (default): units as they were; mapped: told forward on the map of the day `on`',
  ),
  on: orNothing(typed).describe('Day of the map, YYYY-MM-DD; default today; only with map=mapped'),
  from: orNothing(typed).describe('First month, YYYY-MM'),
  to: orNothing(typed).describe('Last month, YYYY-MM, included'),
})
export type SeriesFilters = z.output<typeof seriesFilters>

/** A field that was typed wrongly; the code names the sentence that says what to do. */
export interface SeriesFieldError {
  readonly field: 'on' | 'from' | 'to'
  readonly code: 'not_a_day' | 'not_a_month' | 'ends_before_it_begins'
}

export type SeriesQueryOutcome =
  | { readonly kind: 'query'; readonly query: SeriesQuery }
  | { readonly kind: 'invalid'; readonly errors: readonly SeriesFieldError[] }

/**
 * The query that choices ask for.
 *
 * @param today day of the map where none is named
 */
export function toSeriesQuery(filters: SeriesFilters, cityUid: string, today: string): SeriesQueryOutcome {
  const errors: SeriesFieldError[] = []
  const monthOf = (field: 'from' | 'to') => {
    const text = filters[field]
    if (text === undefined) return null
    if (isIsoDay(`${text}-01`)) return `${text}-01`
    errors.push({ field, code: 'not_a_month' })
    return null
  }
  const [from, last] = [monthOf('from'), monthOf('to')]
  if (from !== null && last !== null && last < from) errors.push({ field: 'to', code: 'ends_before_it_begins' })
  const on = filters.on ?? today
  if (filters.map === 'mapped' && !isIsoDay(on)) errors.push({ field: 'on', code: 'not_a_day' })
  if (errors.length > 0) return { kind: 'invalid', errors }
  const query: SeriesQuery = {
    unitUid: filters.unit ?? cityUid,
    line: lineOf(filters.line ?? 'overall'),
    rule: filters.rule ?? 'mean_of_children',
    respondentType: filters.respondents ?? 'citizen',
    mode: filters.mode ?? null,
    grain: filters.by ?? 'wave',
    map: filters.map === 'mapped' ? { kind: 'mapped', on } : { kind: 'as_was' },
    period: { from, to: last === null ? null : addMonths(last, 1) },
  }
  return { kind: 'query', query }
}

/** Identity of a line in an address. */
export const lineName = ({ level, code }: Pick<Line, 'level' | 'code'>): string =>
  level === 'overall' ? 'overall' : `${level}.${code}`

function lineOf(name: string): SeriesQuery['line'] {
  const [level, ...code] = name.split('.')
  if (level === 'factor' || level === 'criterion') return { level, code: code.join('.') }
  return { level: 'overall', code: 'overall' }
}
