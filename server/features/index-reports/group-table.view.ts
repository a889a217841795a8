import { type Line, lineKey } from '../../domain/index/lines.js'
import type { IndexReport, ReportBlock } from '../../domain/report/index-report.js'
import { type EstimateView, type ReportContext, toEstimateView } from './estimate.view.js'
import { cellOf, labelOf } from './line-table.view.js'

/** The table of units, services or months by index and factors. */
export interface GroupTableView {
  readonly caption: string
  readonly groupHead: string
  readonly columns: readonly string[]
  readonly rows: readonly {
    readonly name: string
    readonly note: string
    /** The same report about this row alone; empty where there is none. */
    readonly href: string
    readonly responses: string
    readonly scope: string
    readonly cells: readonly EstimateView[]
  }[]
  /** Units nobody has answered about yet: a list of their own instead of empty rows. */
  readonly silent: { readonly caption: string; readonly names: readonly string[] } | null
}

/** How rows are named and linked. */
export interface GroupNames {
  readonly serviceName: (code: string) => string
  readonly hrefOf: (block: ReportBlock) => string
}

/** Rows of a report by index and factors; criteria are in the table of lines and in the files. */
export function toGroupTable(report: IndexReport, names: GroupNames, context: ReportContext): GroupTableView {
  const { t, formats } = context
  const lines = report.lines.filter(({ level }) => level !== 'criterion')
  const isSilent = ({ group, receivedCount }: ReportBlock) => group.scope === 'unit' && receivedCount === 0
  const silent = report.blocks.filter(isSilent).map((block) => nameOf(block, names, context))
  return {
    caption: t(`reports.groups_${report.breakdown}`),
    groupHead: t(`reports.group_${report.breakdown}`),
    columns: lines.map((line) => labelOf(line, context)),
    rows: report.blocks
      .filter((block) => !isSilent(block))
      .map((block) => ({
        name: nameOf(block, names, context),
        note: noteOf(block, lines, context),
        href: names.hrefOf(block),
        responses: formats.count(block.responseCount),
        scope: block.rollup === 'none' ? 'one' : 'total',
        cells: lines.map((line) => toEstimateView(cellOf(block, line)?.estimate ?? { kind: 'empty' }, context)),
      })),
    silent:
      silent.length === 0
        ? null
        : { caption: t('reports.silent_units', { units: formats.count(silent.length) }), names: silent },
  }
}

function nameOf({ group }: ReportBlock, { serviceName }: GroupNames, { language, formats }: ReportContext): string {
  if (group.scope === 'service') return serviceName(group.service ?? '')
  if (group.scope === 'month') return formats.month(group.period.from ?? '')
  return group.unitName[language]
}

/** How a total was put together: never left unsaid. */
function noteOf({ rollup, unitCounts }: ReportBlock, lines: readonly Line[], { t, formats }: ReportContext): string {
  if (rollup === 'none') return ''
  if (rollup === 'pooled') return t('reports.rollup_pooled')
  // Rarely asked items are shown for fewer units, so the columns of the row need not stand on the same ones.
  const counts = lines.flatMap((line) => unitCounts?.[lineKey(line)] ?? []).filter((count) => count > 0)
  const [fewest, most] = counts.length === 0 ? [0, 0] : [Math.min(...counts), Math.max(...counts)]
  const units = fewest === most ? formats.count(most) : `${formats.count(fewest)}–${formats.count(most)}`
  return t('reports.rollup_simple_mean', { units })
}
