import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { IndexReport } from '../../domain/report/index-report.js'
import { INDEX_REPORT_COLUMNS, type IndexReportRow, indexReportRows } from '../../domain/report/index-report-rows.js'

const cell = z.union([z.string(), z.number(), z.boolean(), z.null()])

/** The report as the API gives it: facts once, then the rows of the table. */
export const reportDocumentSchema = z.object({
  wave: z.object({ id: z.string(), title: z.object({ vi: z.string(), en: z.string() }), mode: z.string() }),
  method: z.string().describe('Name and version of the way figures are made'),
  rule: z.string(),
  simulated: z.boolean(),
  columns: z.array(z.string()),
  rows: z
    .array(z.record(z.string(), cell))
    .describe(
      'Figures are null beside status "suppressed" (with its reason) or "empty"; counts also in rows of composites. ' +
        'Status "coded": only that the share is at_most_percent or at_least_percent. ' +
        'rank_low to rank_high, of rank_of, is the set of ranks that a unit may have within its league (pairwise tests with ' +
        "Holm's correction); rank_third says in which third of a large league that surely lies, or open. In rows of the " +
        'index of units that are shown without flag, else null. With mix=common: standardised_… is the index at the ' +
        'common service mix, gap_points = gap_mix_points + gap_performance_points its distance from the reference; ' +
        'standardised_status is uncovered where the services used cover under 80 % of the mix, unreliable on too few answers',
    ),
})
export type ReportDocument = z.input<typeof reportDocumentSchema>

/** The report as one JSON document. */
export function toReportDocument(report: IndexReport): ReportDocument {
  const { id, title, mode, isSimulated } = report.wave
  return {
    wave: { id, title, mode },
    method: report.method,
    rule: report.rule,
    simulated: isSimulated,
    columns: [...INDEX_REPORT_COLUMNS],
    rows: [...indexReportRows(report)] as IndexReportRow[],
  }
}

/** Strong entity tag of a table in one representation: the same rows, the same tag. */
export function tableTag(rows: Iterable<object>, representation: string): string {
  const hash = createHash('sha256').update(representation)
  for (const row of rows) hash.update(JSON.stringify(row))
  return `"${hash.digest('base64url').slice(0, 27)}"`
}
