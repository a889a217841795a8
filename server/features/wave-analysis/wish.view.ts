import type { WishRow } from '../../domain/analysis/wish-table.js'
import type { ReportContext } from '../index-reports/index.js'
import { figure, head, numberColumn, shareCells, type TableView, textColumn } from './table.view.js'

/** Table T7 on the page; `null` where the questionnaire does not ask. */
export function toWishView(
  rows: readonly WishRow[] | null,
  question: string,
  context: ReportContext,
): TableView | null {
  if (rows === null) return null
  const { t, formats, language } = context
  return {
    caption: question,
    file: 'wishes',
    columns: [
      numberColumn(t('analysis.col_rank')),
      textColumn(t('analysis.col_wish')),
      numberColumn(t('analysis.col_n')),
      numberColumn(t('analysis.col_share')),
      numberColumn(t('analysis.col_interval'), 'interval'),
    ],
    rows: rows.map(({ option, rank, share }) => ({
      isMarked: false,
      cells: [
        figure(rank === null ? '' : formats.count(rank)),
        head(option.label[language]),
        ...shareCells(share, context),
      ],
    })),
    notes: [t('analysis.wishes_note')],
  }
}
