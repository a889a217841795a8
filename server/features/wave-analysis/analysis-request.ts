import { z } from 'zod'
import { ANALYSIS_TABLE_NAMES } from '../../domain/analysis/analysis-rows.js'
import { orNothing } from '../../platform/http/parse-request.js'
import { waveParams } from '../index-reports/index.js'
import type { WaveAnalysisQuery } from './get-wave-analysis.js'

/** Filters of an analysis, the same for pages, files and API. */
export const analysisFilters = z.object({
  unit: orNothing(z.string().regex(/^[a-z0-9.-]{1,80}$/)).describe('Only this unit and the units below it'),
  service: orNothing(z.string().regex(/^[\w.-]{1,60}$/)).describe('Only this service'),
})

/** The wave and one of its tables in the address. */
export const tableParams = waveParams.extend({ table: z.enum(ANALYSIS_TABLE_NAMES) })

/** The query that filters ask for. */
export function toAnalysisQuery(
  waveId: string,
  { unit, service }: z.output<typeof analysisFilters>,
): WaveAnalysisQuery {
  return { waveId, unitUid: unit ?? null, service: service ?? null }
}
