import { z } from 'zod'
import { AGGREGATION_RULES } from '../../domain/index/aggregate.js'
import { BREAKDOWNS } from '../../domain/report/index-report.js'
import { isIsoDay } from '../../domain/survey/day.js'
import { UNIT_KINDS } from '../../domain/units/unit.js'
import { orNothing } from '../../platform/http/parse-request.js'
import type { IndexReportQuery } from './get-index-report.js'
import type { ModeComparisonQuery } from './get-mode-comparison.js'
import { GROUP_ORDERS } from './group-order.js'

const day = z.string().refine(isIsoDay, 'must be a calendar day, YYYY-MM-DD')

/** The wave in the address. */
export const waveParams = z.object({ id: z.string().regex(/^[a-z0-9-]{3,60}$/) })

/** Service mix at which units are compared: each at its own, or also at the common one of its league. */
export const SERVICE_MIXES = ['own', 'common'] as const

/** Filters of a report, the same for pages, files and API. */
export const reportFilters = z.object({
  unit: orNothing(z.string().regex(/^[a-z0-9.-]{1,80}$/)).describe('Only this unit and the units below it'),
  kind: orNothing(z.enum(UNIT_KINDS)).describe('Only units of this kind'),
  service: orNothing(z.string().regex(/^[\w.-]{1,60}$/)).describe('Only this service'),
  by: orNothing(z.enum(BREAKDOWNS)).describe('What the rows are: units (default), services, months or quarters'),
  rule: orNothing(z.enum(AGGREGATION_RULES)).describe(
    'How factors and the index follow from the criteria; default mean_of_children',
  ),
  mix: orNothing(z.enum(SERVICE_MIXES)).describe(
    "common: units also as they would be with their league's service mix; only by unit and over all services",
  ),
  from: orNothing(day).describe('First day counted'),
  to: orNothing(day).describe('First day no longer counted'),
})

/** Filters of a page, and the order of its rows. */
export const reportPageQuery = reportFilters.extend({ order: orNothing(z.enum(GROUP_ORDERS)) })
export type ReportFilters = z.output<typeof reportFilters>

/** The query that filters ask for. */
export function toReportQuery(waveId: string, filters: ReportFilters): IndexReportQuery {
  return {
    waveId,
    unitUid: filters.unit ?? null,
    kinds: filters.kind === undefined ? [] : [filters.kind],
    service: filters.service ?? null,
    breakdown: filters.by ?? 'unit',
    rule: filters.rule ?? 'mean_of_children',
    period: { from: filters.from ?? null, to: filters.to ?? null },
    ...(filters.mix === 'common' ? { withCommonMix: true } : {}),
  }
}

/** Filters of a comparison of modes: by unit always, at the mix as it is. */
export const modeFilters = reportFilters.omit({ by: true, mix: true })

/** The comparison of modes that filters ask for. */
export function toModesQuery(waveId: string, filters: z.output<typeof modeFilters>): ModeComparisonQuery {
  const { breakdown: _byUnit, ...query } = toReportQuery(waveId, filters)
  return query
}
