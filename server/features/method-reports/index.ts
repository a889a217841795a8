/** Reports by index methods: any method of `surveys/methods` for a wave, as page, CSV, JSON, API and console. */
import { createMethodReports } from './get-method-report.js'
import { type MethodPageNeeds, methodReportRoutes } from './method-report.routes.js'
import { methodReportApi } from './method-report-api.routes.js'
import type { MethodReportNeeds } from './needs.js'

export { toConsoleList, toConsoleReport } from './console-report.js'
export { createMethodReports, type MethodReportQuery, type MethodReports } from './get-method-report.js'
export { toMethodDocument } from './method-document.js'
export { methodFormats } from './method-formats.js'
export type { MethodReportNeeds } from './needs.js'

/** Everything that shows an index by a method. */
export function createMethodReportPages(
  deps: MethodReportNeeds & Omit<MethodPageNeeds, keyof ReturnType<typeof createMethodReports>>,
) {
  const reports = createMethodReports(deps)
  const parts = { ...deps, ...reports }
  return { ...reports, pages: methodReportRoutes(parts), api: methodReportApi(parts) }
}
