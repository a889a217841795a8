import type { Request, Response } from 'express'
import type { MethodReport } from '../../domain/method-report/method-report.js'
import {
  METHOD_REPORT_COLUMNS,
  type MethodReportRow,
  methodReportRows,
} from '../../domain/method-report/method-report-rows.js'
import { sendTable } from '../index-reports/index.js'
import { toMethodDocument } from './method-document.js'

/** Sends the report of a method as a file, or 304 when the client has the same figures. */
export const sendMethodReport = (req: Request, res: Response, report: MethodReport, type: 'csv' | 'xlsx' | 'json') =>
  sendTable<MethodReportRow>(req, res, type, {
    name: `${report.wave.id}-${report.method.id}`,
    columns: METHOD_REPORT_COLUMNS,
    rows: () => methodReportRows(report),
    document: () => toMethodDocument(report),
  })
