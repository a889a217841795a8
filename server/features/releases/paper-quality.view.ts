/** Table T12 of the Institute's report: quality flags, reliability, design effects. */
import {
  type CellContext,
  countIn,
  decimalIn,
  type FrozenRow,
  figuresOr,
  labelOf,
  numberColumn,
  percentIn,
  plainRows,
  type SheetTable,
  sheetOf,
  textColumn,
} from './paper-table.js'

export function flagsTable(rows: readonly FrozenRow[], context: CellContext): SheetTable {
  const { t } = context
  return {
    ...sheetOf('t12', context),
    columns: [
      textColumn(t('analysis.col_flag'), 52),
      numberColumn(t('analysis.col_cases'), 18),
      numberColumn(t('paper.col_of_received'), 18),
      numberColumn(t('paper.col_source'), 12),
    ],
    rows: plainRows(rows, (row) => [
      row.texts.flag ? t(`analysis.flag_${row.texts.flag}`) : '',
      ...figuresOr({ ...row, texts: { ...row.texts, flag: '' } }, context, (one) => [
        countIn(one, 'n', context),
        percentIn(one, 'percent_of_received', context),
      ]),
    ]),
  }
}

/** Factors alone: what single items do to them stands in the file. */
export function reliabilityTable(rows: readonly FrozenRow[], context: CellContext): SheetTable {
  const { t } = context
  return {
    ...sheetOf('t12b', context),
    columns: [
      textColumn(t('analysis.col_factor'), 52),
      numberColumn(t('analysis.col_alpha'), 14),
      numberColumn(t('analysis.col_omega'), 14),
      numberColumn(t('paper.col_base'), 10),
      numberColumn(t('paper.col_source'), 10),
    ],
    rows: plainRows(
      rows.filter(({ texts }) => !texts.item),
      (row) => [
        labelOf(row, context),
        ...figuresOr(row, context, (one) => [
          decimalIn(one, 'alpha', context),
          decimalIn(one, 'omega', context),
          countIn(one, 'base', context),
        ]),
      ],
    ),
  }
}

export function designTable(rows: readonly FrozenRow[], context: CellContext): SheetTable {
  const { t } = context
  return {
    ...sheetOf('t12c', context),
    columns: [
      textColumn(t('analysis.col_line'), 42),
      numberColumn(t('paper.col_base'), 11),
      numberColumn(t('analysis.col_answers'), 12),
      numberColumn(t('analysis.col_effective'), 13),
      numberColumn(t('analysis.col_design_effect'), 12),
      numberColumn(t('paper.col_source'), 10),
    ],
    rows: plainRows(rows, (row) => [
      labelOf(row, context),
      ...figuresOr(row, context, (one) => [
        countIn(one, 'base', context),
        countIn(one, 'answers', context),
        countIn(one, 'effective_base', context),
        decimalIn(one, 'design_effect', context),
      ]),
    ]),
  }
}
