import type { AnalysisTableName } from '../../domain/analysis/analysis-rows.js'
import type { ShareFigures } from '../../domain/analysis/share-figures.js'
import type { Estimate } from '../../domain/disclosure/estimate.js'
import { DISCLOSURE_POLICIES } from '../../domain/disclosure/policy.js'
import { type GlossaryTerm, type ReportContext, unbroken } from '../index-reports/index.js'

/** One cell: finished text, or the words in the place of several figures that are hidden or do not exist. */
export interface CellView {
  readonly text: string
  /** A second line, smaller. */
  readonly note: string
  readonly isHead: boolean
  readonly isNumber: boolean
  readonly isHidden: boolean
  readonly isNone: boolean
  readonly isSpan: boolean
  readonly span: number
}

/** A column's head; `term` leads to its explanation, empty for none. */
export interface ColumnView {
  readonly label: string
  readonly isNumber: boolean
  readonly term: string
}

/** A table as the page draws it; its rows are also in the file. */
export interface TableView {
  readonly caption: string
  /** Table whose file holds the rows; `null` where a section has one file for all its tables. */
  readonly file: AnalysisTableName | null
  readonly columns: readonly ColumnView[]
  readonly rows: readonly { readonly isMarked: boolean; readonly cells: readonly CellView[] }[]
  /** Sentences below the table. */
  readonly notes: readonly string[]
}

const cell = (kind: 'head' | 'text' | 'number' | 'hidden' | 'none', text: string, note = '', span = 1): CellView => ({
  text,
  note,
  isHead: kind === 'head',
  isNumber: kind === 'number',
  isHidden: kind === 'hidden',
  isNone: kind === 'none',
  isSpan: span > 1,
  span,
})

export const head = (text: string, note = ''): CellView => cell('head', text, note)
export const words = (text: string, note = ''): CellView => cell('text', text, note)
export const figure = (text: string, note = ''): CellView => cell('number', text, note)
/** What stands in the place of figures that there are none of. */
export const none = (text: string, span = 1): CellView => cell('none', text, '', span)
export const hidden = (text: string, span = 1): CellView => cell('hidden', text, '', span)

const { minRespondents, minReliableBase } = DISCLOSURE_POLICIES.internal

/** The cells of an estimate, or one cell over their width that says why there are none. */
export function estimateCells<Figures>(
  estimate: Estimate<Figures>,
  span: number,
  toCells: (figures: Figures, flag: string) => readonly CellView[],
  { t }: ReportContext,
): readonly CellView[] {
  if (estimate.kind === 'empty') return [none(t('reports.nobody'), span)]
  if (estimate.kind === 'suppressed') {
    return [hidden(t(`reports.hidden_${estimate.reason}`, { minRespondents, minReliableBase }), span)]
  }
  return toCells(estimate.figures, estimate.reliability === 'flagged' ? '\u00a0†' : '')
}

/** A column of figures, with the term that explains it. */
export const numberColumn = (label: string, term: GlossaryTerm | '' = ''): ColumnView => ({
  label,
  isNumber: true,
  term: term.replaceAll('_', '-'),
})
export const textColumn = (label: string): ColumnView => ({ label, isNumber: false, term: '' })

/** A p value as it is read: three decimals, and never 0. */
export function pText(p: number, { formats }: ReportContext): string {
  return p < 0.001 ? `p < ${formats.decimal(0.001, 3)}` : `p = ${formats.decimal(p, 3)}`
}

/** Count, percent and interval of a share, then what else belongs to it. */
export function shareCells(
  share: Estimate<ShareFigures>,
  context: ReportContext,
  more: (figures: ShareFigures) => readonly CellView[] = () => [],
  span = 3,
): readonly CellView[] {
  const { formats } = context
  return estimateCells(
    share,
    span,
    (figures, flag) => [
      figure(formats.count(figures.count)),
      figure(`${formats.percent(figures.percent)}${flag}`),
      figure(unbroken(formats.interval(figures.interval))),
      ...more(figures),
    ],
    context,
  )
}
