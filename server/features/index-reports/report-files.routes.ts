import { pipeline } from 'node:stream/promises'
import type { Request, Response } from 'express'
import type { IndexReport } from '../../domain/report/index-report.js'
import { INDEX_REPORT_COLUMNS, type IndexReportRow, indexReportRows } from '../../domain/report/index-report-rows.js'
import { csvStream } from './report-csv.js'
import { reportTag, toReportDocument } from './report-document.js'

/**
 * Sends a report as a file, or 304 when the client has the same figures.
 *
 * Figures are for staff: caches of their own machine may keep them, and must ask each time.
 */
export async function sendReport(
  req: Request,
  res: Response,
  report: IndexReport,
  type: 'csv' | 'json',
): Promise<void> {
  const tag = reportTag(report, type)
  res.set({ ETag: tag, 'Cache-Control': 'private, no-cache' })
  res.vary('Accept').vary('Authorization').vary('Cookie')
  if (hasTag(req.get('if-none-match'), tag)) {
    res.status(304).end()
    return
  }
  if (type === 'json') {
    res.json(toReportDocument(report))
    return
  }
  res.attachment(`${report.wave.id}-index.csv`).type('text/csv; charset=utf-8')
  await pipeline(csvStream<IndexReportRow>(INDEX_REPORT_COLUMNS, indexReportRows(report)), res)
}

/**
 * Whether a client's `If-None-Match` names the tag.
 *
 * Not `req.fresh`: that takes the `Cache-Control: no-cache` that fetch adds for a wish to get everything again.
 */
function hasTag(header: string | undefined, tag: string): boolean {
  return (header ?? '').split(',').some((known) => known.trim().replace(/^W\//, '') === tag)
}
