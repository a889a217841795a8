import type { Request, Response } from 'express'
import { SERIES_COLUMNS, type SeriesRow, seriesRows } from '../../domain/series/series-rows.js'
import type { UnitRegistry } from '../../domain/units/unit.js'
import { sendTable } from '../index-reports/index.js'
import { type FoundSeries, seriesFacts, toSeriesDocument } from './series-document.js'

/** Sends a series as a file, or 304 when the client has the same figures. */
export function sendSeries(
  req: Request,
  res: Response,
  found: FoundSeries,
  registry: Pick<UnitRegistry, 'nameOf'>,
  type: 'csv' | 'xlsx' | 'json',
): Promise<void> {
  const facts = seriesFacts(found, registry)
  const name = `${facts.unitUid}-${found.series.line.code}-${found.series.grain}`
  const document = () => toSeriesDocument(found, facts)
  // The document says more than its rows (trends, the panel), so its tag is made from all of it.
  if (type === 'json') return sendTable(req, res, type, { name, columns: [], rows: () => [document()], document })
  const rows = () => seriesRows(found.series, facts)
  return sendTable<SeriesRow>(req, res, type, { name, columns: SERIES_COLUMNS, rows, document })
}
