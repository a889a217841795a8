import { ADVERSE, type NegativeTable } from '../../domain/analysis/negative-table.js'
import type { ReportContext } from '../index-reports/index.js'
import { figure, head, numberColumn, shareCells, type TableView, textColumn } from './table.view.js'

/** Tables T8 on the page: one for each item about what should not happen. */
export function toNegativeViews(tables: readonly NegativeTable[], context: ReportContext): readonly TableView[] {
  const { t, formats, language } = context
  return tables.map(({ item, rows }) => ({
    caption: item.question.text[language],
    file: null,
    columns: [
      textColumn(t('analysis.col_answer')),
      numberColumn(t('analysis.col_n')),
      numberColumn(t('analysis.col_share')),
      numberColumn(t('analysis.col_interval'), 'interval'),
      numberColumn(t('analysis.col_base'), 'base'),
    ],
    rows: rows.map(({ code, label, isAdverse, share }) => ({
      isMarked: code === ADVERSE,
      cells: [
        head(
          label === null ? t(`analysis.${code}`) : label[language],
          isAdverse && code !== ADVERSE ? t('analysis.is_adverse') : '',
        ),
        ...shareCells(share, context, ({ base }) => [figure(formats.count(base))], 4),
      ],
    })),
    notes: item.isSensitive ? [t('analysis.sensitive_note')] : [],
  }))
}
