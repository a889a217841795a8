import { pipeline } from 'node:stream/promises'
import type { Request, Response } from 'express'
import type { IndexReport } from '../../domain/report/index-report.js'
import { indexReportCube } from '../../domain/report/index-report-cube.js'
import { INDEX_REPORT_COLUMNS, type IndexReportRow, indexReportRows } from '../../domain/report/index-report-rows.js'
import type { Language } from '../../domain/survey/vocabulary.js'
import { csvStream } from './report-csv.js'
import { tableTag, toReportDocument } from './report-document.js'

/** As rows, as a document with facts, or as a cube of JSON-stat. */
export type TableType = 'csv' | 'json' | 'jsonstat'

/** A table that is sent as a file. */
export interface TableFile<Row extends object> {
  /** Of the CSV file, without its end. */
  readonly name: string
  readonly columns: readonly (keyof Row & string)[]
  /** From the first row, each time it is called. */
  readonly rows: () => Iterable<Row>
  readonly document: () => object
  /** What the document hangs on beside the rows. */
  readonly variant?: string
}

/** Sends a report as a file, or 304 when the client has the same figures. `language`: of the labels of a JSON-stat cube. */
export const sendReport = (
  req: Request,
  res: Response,
  report: IndexReport,
  type: TableType,
  language: Language = 'vi',
): Promise<void> =>
  sendTable<IndexReportRow>(req, res, type, {
    name: `${report.wave.id}-index`,
    columns: INDEX_REPORT_COLUMNS,
    rows: () => indexReportRows(report),
    document: () => (type === 'jsonstat' ? indexReportCube(report, language) : toReportDocument(report)),
    variant: language,
  })

/**
 * Sends a table as a file, or 304 when the client has the same rows.
 *
 * Figures are for staff: caches of their own machine may keep them, and must ask each time.
 */
export async function sendTable<Row extends object>(
  req: Request,
  res: Response,
  type: TableType,
  { name, columns, rows, document, variant = '' }: TableFile<Row>,
): Promise<void> {
  const tag = tableTag(rows(), `${type} ${variant}`)
  res.set({ ETag: tag, 'Cache-Control': 'private, no-cache' })
  res.vary('Accept').vary('Authorization').vary('Cookie')
  if (hasTag(req.get('if-none-match'), tag)) {
    res.status(304).end()
    return
  }
  if (type !== 'csv') {
    res.json(document())
    return
  }
  res.attachment(`${name}.csv`).type('text/csv; charset=utf-8')
  await pipeline(csvStream<Row>(columns, rows()), res)
}

/**
 * Whether a client's `If-None-Match` names the tag.
 *
 * Not `req.fresh`: that takes the `Cache-Control: no-cache` that fetch adds for a wish to get everything again.
 */
function hasTag(header: string | undefined, tag: string): boolean {
  return (header ?? '').split(',').some((known) => known.trim().replace(/^W\//, '') === tag)
}
