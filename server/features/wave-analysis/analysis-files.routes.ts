import type { Request, Response } from 'express'
import { ANALYSIS_TABLE_NAMES, type AnalysisRow, type AnalysisTableName } from '../../domain/analysis/analysis-rows.js'
import { sendTable, sendWorkbook } from '../index-reports/index.js'
import { toAnalysisDocument, toFileRows } from './analysis-document.js'
import type { WaveAnalysis } from './get-wave-analysis.js'

/** Sends all tables as JSON, or 304 when the client has the same figures. */
export function sendDocument(req: Request, res: Response, analysis: WaveAnalysis): Promise<void> {
  const document = toAnalysisDocument(analysis)
  const name = `${analysis.wave.id}-analysis`
  return sendTable(req, res, 'json', { name, columns: [], rows: () => [document], document: () => document })
}

/** Sends all tables as one workbook, a sheet each, or 304 when the client has the same figures. */
export function sendAllTables(req: Request, res: Response, analysis: WaveAnalysis): Promise<void> {
  const tables = ANALYSIS_TABLE_NAMES.map((sheet) => {
    const { columns, rows } = toFileRows(sheet, analysis)
    return { sheet, columns, rows: () => rows }
  })
  return sendWorkbook<AnalysisRow>(req, res, `${analysis.wave.id}-analysis`, tables)
}

/** Sends one table as CSV, or 304 when the client has the same figures. */
export function sendTableFile(
  req: Request,
  res: Response,
  table: AnalysisTableName,
  analysis: WaveAnalysis,
): Promise<void> {
  const { columns, rows } = toFileRows(table, analysis)
  const name = `${analysis.wave.id}-${table}`
  return sendTable<AnalysisRow>(req, res, 'csv', { name, columns, rows: () => rows, document: () => rows })
}
