import { pipeline } from 'node:stream/promises'
import type { Request, Response } from 'express'
import type { IndexReport } from '../../domain/report/index-report.js'
import { indexReportCube } from '../../domain/report/index-report-cube.js'
import { INDEX_REPORT_COLUMNS, type IndexReportRow, indexReportRows } from '../../domain/report/index-report-rows.js'
import type { Language } from '../../domain/survey/vocabulary.js'
import { csvStream } from './report-csv.js'
import { tableTag, toReportDocument } from './report-document.js'
import { type SheetTable, tableWorkbook } from './table-workbook.js'

/** As rows, as a sheet of a workbook, as a document with facts, or as a cube of JSON-stat. */
export type TableType = 'csv' | 'xlsx' | 'json' | 'jsonstat'

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
  if (isUnchanged(req, res, tableTag(rows(), `${type} ${variant}`))) return
  if (type === 'xlsx') {
    await sendTables(res, name, [{ sheet: 'figures', columns, rows }])
    return
  }
  if (type !== 'csv') {
    res.json(document())
    return
  }
  res.attachment(`${name}.csv`).type('text/csv; charset=utf-8')
  await pipeline(csvStream<Row>(columns, rows()), res)
}

/** Sends several tables as one workbook, or 304 when the client has the same rows. */
export async function sendWorkbook<Row extends object>(
  req: Request,
  res: Response,
  name: string,
  tables: readonly SheetTable<Row>[],
): Promise<void> {
  const all = tables.flatMap(({ rows }) => [...rows()])
  if (!isUnchanged(req, res, tableTag(all, 'xlsx'))) await sendTables(res, name, tables)
}

async function sendTables<Row extends object>(res: Response, name: string, tables: readonly SheetTable<Row>[]) {
  res.attachment(`${name}.xlsx`)
  await pipeline(await tableWorkbook(tables), res)
}

/** Answers 304 to a client that has the figures of a tag; says to all others how long they may keep them. */
function isUnchanged(req: Request, res: Response, tag: string): boolean {
  res.set({ ETag: tag, 'Cache-Control': 'private, no-cache' })
  res.vary('Accept').vary('Authorization').vary('Cookie')
  if (!hasTag(req.get('if-none-match'), tag)) return false
  res.status(304).end()
  return true
}

/**
 * Whether a client's `If-None-Match` names the tag.
 *
 * Not `req.fresh`: that takes the `Cache-Control: no-cache` that fetch adds for a wish to get everything again.
 */
function hasTag(header: string | undefined, tag: string): boolean {
  return (header ?? '').split(',').some((known) => known.trim().replace(/^W\//, '') === tag)
}
