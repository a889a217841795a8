import { z } from 'zod'
import { SERIES_COLUMNS, type SeriesFacts, seriesRows } from '../../domain/series/series-rows.js'
import type { UnitRegistry } from '../../domain/units/unit.js'
import type { SeriesOutcome } from './get-series.js'

const text = z.object({ vi: z.string(), en: z.string() })
const change = z
  .object({
    points: z.number(),
    low: z.number(),
    high: z.number(),
    p_adjusted: z.number(),
    verdict: z.enum(['rise', 'fall', 'noise']),
  })
  .nullable()

/** A series as the API gives it: facts, trends, the panel, then the points as rows of the table. */
export const seriesDocumentSchema = z.object({
  unit: z.object({ uid: z.string(), name: text }),
  respondent_type: z.string(),
  mode: z.string(),
  other_modes: z
    .array(z.object({ mode: z.string(), waves: z.array(z.string()) }))
    .describe('Waves about the unit in other modes: lines of their own, never joined to this one'),
  method: z.string(),
  rule: z.string(),
  line: z.object({ level: z.string(), code: z.string(), label: text }),
  map: z.object({ kind: z.enum(['as_was', 'mapped']), on: z.string().nullable() }),
  grain: z.string(),
  simulated: z.boolean(),
  trends: z
    .array(
      z.object({
        segment: z.number(),
        n_waves: z.number(),
        points_per_year: z.number(),
        low: z.number(),
        high: z.number(),
        p: z.number(),
      }),
    )
    .describe('Weighted trend of each segment with three waves or more'),
  panel: z
    .array(z.object({ level: z.string(), code: z.string(), label: text, change }))
    .describe('The index and its factors: last change, p adjusted over these lines'),
  columns: z.array(z.string()),
  rows: z
    .array(z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])))
    .describe('Figures are null beside any status but "published"'),
})
export type SeriesDocument = z.input<typeof seriesDocumentSchema>

/** A series that was found. */
export type FoundSeries = Extract<SeriesOutcome, { readonly kind: 'series' }>

/** What is the same in all rows; the unit is named as on the day of the map, else by its last name. */
export function seriesFacts({ unit, query, mode }: FoundSeries, registry: Pick<UnitRegistry, 'nameOf'>): SeriesFacts {
  const unitName = registry.nameOf(unit.uid, query.map.kind === 'mapped' ? query.map.on : '9999-12-31')
  return { unitUid: unit.uid, unitName, respondentType: query.respondentType, mode }
}

/** A series as one JSON document. */
export function toSeriesDocument(found: FoundSeries, facts: SeriesFacts): SeriesDocument {
  const { series, others } = found
  const { line, map } = series
  return {
    unit: { uid: facts.unitUid, name: facts.unitName },
    respondent_type: facts.respondentType,
    mode: facts.mode,
    other_modes: others.map(({ mode, waves }) => ({ mode, waves: waves.map(({ id }) => id) })),
    method: series.method,
    rule: series.rule,
    line: { level: line.level, code: line.code, label: line.label },
    map: { kind: map.kind, on: map.kind === 'mapped' ? map.on : null },
    grain: series.grain,
    simulated: series.points.some(({ wave }) => wave.isSimulated),
    trends: series.trends.map(({ segment, waveCount, slope, low, high, p }) => ({
      segment,
      n_waves: waveCount,
      points_per_year: slope,
      low,
      high,
      p,
    })),
    panel: series.panel.map(({ series: one, change: last }) => ({
      level: one.line.level,
      code: one.line.code,
      label: one.line.label,
      change: last && {
        points: last.points,
        low: last.lowPoints,
        high: last.highPoints,
        p_adjusted: last.adjustedP,
        verdict: last.verdict,
      },
    })),
    columns: [...SERIES_COLUMNS],
    rows: [...seriesRows(series, facts)],
  }
}
