import { NO_ANSWER } from '../../domain/analysis/analysis-sums.js'
import type { GroupTable, GroupTest } from '../../domain/analysis/group-table.js'
import type { LineFigures } from '../../domain/index/line-figures.js'
import { type ReportContext, unbroken } from '../index-reports/index.js'
import { estimateCells, figure, head, numberColumn, pText, type TableView, textColumn } from './table.view.js'

/** Level at which a difference is called one, after Holm. */
const LEVEL = 0.05

/** Tables T2 and T6 on the page: one for each grouping item. */
export function toGroupViews(tables: readonly GroupTable[], context: ReportContext): readonly TableView[] {
  return tables.map((table) => toGroupView(table, context))
}

function toGroupView({ item, rows, indexTest, overallTest }: GroupTable, context: ReportContext): TableView {
  const { t, formats, language } = context
  const satisfied = ({ topTwoBoxPercent, interval, base }: LineFigures, flag: string) => [
    figure(
      `${formats.number(topTwoBoxPercent)}${flag}`,
      `${unbroken(formats.interval(interval))} (n = ${formats.count(base)})`,
    ),
  ]
  return {
    caption: item.text[language],
    file: null,
    columns: [
      textColumn(t('analysis.col_group')),
      numberColumn(t('analysis.col_n')),
      numberColumn(t('analysis.col_share')),
      numberColumn(t('analysis.col_index'), 'percent'),
      numberColumn(t('analysis.col_overall'), 'percent'),
    ],
    rows: rows.map(({ label, share, index, overall }) => ({
      isMarked: false,
      cells: [
        head(label === null ? t(`analysis.${NO_ANSWER}`) : label[language]),
        ...estimateCells(
          share,
          2,
          ({ count, percent }) => [figure(formats.count(count)), figure(formats.percent(percent))],
          context,
        ),
        ...estimateCells(index, 1, satisfied, context),
        ...estimateCells(overall, 1, satisfied, context),
      ],
    })),
    notes: [testText('index', indexTest, context), testText('overall', overallTest, context)],
  }
}

function testText(measure: 'index' | 'overall', test: GroupTest | null, context: ReportContext): string {
  const { t, formats } = context
  if (test === null) return t(`analysis.test_${measure}_none`)
  const { statistic, degreesOfFreedom, adjustedP, groupCount } = test
  const verdict = t(adjustedP < LEVEL ? 'analysis.test_differs' : 'analysis.test_may_not_differ')
  return t(`analysis.test_${measure}`, {
    verdict,
    statistic: formats.decimal(statistic, 2),
    df: degreesOfFreedom,
    p: pText(adjustedP, context),
    groups: groupCount,
  })
}
