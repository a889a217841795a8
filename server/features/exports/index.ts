/** Exports: the microdata of a wave as files for statistical packages and spreadsheets. */
import type { Connection } from '../../platform/mongo/connect.js'
import { mongoExportJobs } from './export-job.repository.js'
import { type ExportPageNeeds, exportJobRoutes } from './export-jobs.routes.js'
import { type ExportJobNeeds, makeExportJobs } from './run-export-job.js'

export { type ExportNeeds, type ExportOutcome, type ExportRequest, exportMicrodata } from './export-microdata.js'
export { SEPARATORS, type Separator } from './formats/csv.js'
export { ENDINGS, FORMATS, type Format } from './formats/formats.js'
export { encodeWorkbook, type Sheet } from './formats/workbook.js'

/** Exports asked for on a page. */
export function createExports(
  deps: Omit<ExportJobNeeds, 'jobs'> & Omit<ExportPageNeeds, 'jobs' | 'exports'> & { readonly connection: Connection },
) {
  const jobs = mongoExportJobs(deps.connection)
  const exports = makeExportJobs({ ...deps, jobs })
  return { ...exports, pages: exportJobRoutes({ ...deps, jobs, exports }) }
}
