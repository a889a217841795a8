/** Index reports: a wave's satisfaction index, live, as page, CSV, JSON and API. */
import type { Connection } from '../../platform/mongo/connect.js'
import { type IndexReportNeeds, makeGetIndexReport } from './get-index-report.js'
import { makeGetModeComparison } from './get-mode-comparison.js'
import { indexReportRoutes, type ReportPageNeeds } from './index-report.routes.js'
import { indexReportApi } from './index-report-api.routes.js'
import { mongoShownReports } from './shown-report.repository.js'

export { type EstimateView, type ReportContext, toEstimateView } from './estimate.view.js'
export { type GetIndexReport, type IndexReportQuery, selectedUnits } from './get-index-report.js'
export type { GetModeComparison } from './get-mode-comparison.js'
export { GLOSSARY_PATH, type GlossaryTerm } from './glossary.view.js'
export { GROUP_ORDERS, type GroupOrder } from './group-order.js'
export type { GroupNames } from './group-table.view.js'
export { type HeadlineView, toHeadline } from './headline.view.js'
export { toReportBody } from './index-report.view.js'
export { type IntervalChart, toIntervalChart } from './interval-chart.js'
export { itemLabel } from './line-table.view.js'
export { filterChoices } from './report-choices.js'
export { csvStream } from './report-csv.js'
export { instrumentText, levelNames, methodText } from './report-facts.js'
export { sendTable, sendWorkbook } from './report-files.routes.js'
export type { FilterChoices } from './report-filters.view.js'
export { periodText, type ReportFormats, reportFormats, unbroken } from './report-formats.js'
export { waveParams } from './report-request.js'
export { type SplitBarView, toSplitBarView } from './split-bar.view.js'
export { type WhiskerView, whiskerOf } from './standing.view.js'

/** Everything that shows the index of a wave. */
export function createIndexReports(
  deps: Omit<IndexReportNeeds, 'reports'> &
    Omit<ReportPageNeeds, 'getIndexReport' | 'getModeComparison'> & { readonly connection: Connection },
) {
  const getIndexReport = makeGetIndexReport({ ...deps, reports: mongoShownReports(deps.connection) })
  const getModeComparison = makeGetModeComparison({ ...deps, getIndexReport })
  const { guardOf, scopeOf } = deps
  return {
    getIndexReport,
    getModeComparison,
    pages: indexReportRoutes({ ...deps, getIndexReport, getModeComparison }),
    api: indexReportApi({ getIndexReport, getModeComparison, guardOf, scopeOf }),
  }
}
