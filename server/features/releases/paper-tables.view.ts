/** Tables T2 and T6 to T12 of the Institute's report, from the rows that the release froze; each names its line of `tables.csv`. */
import type { AggregationRule } from '../../domain/index/aggregate.js'
import type { Questionnaire } from '../../domain/questionnaire/definition.js'
import type { PaperCell } from './paper-cells.js'
import { designTable, flagsTable, reliabilityTable } from './paper-quality.view.js'
import {
  type CellContext,
  countIn,
  decimalIn,
  type FrozenRow,
  figuresOr,
  intervalIn,
  labelOf,
  lineCell,
  numberColumn,
  percentIn,
  plainRows,
  type SheetTable,
  sheetOf,
  textColumn,
} from './paper-table.js'

/** The tables of a release beyond the index, as frozen. */
export interface FrozenTables {
  readonly rows: readonly FrozenRow[]
  readonly questionnaire: Questionnaire
}

type Rows = SheetTable['rows']

/** The tables in the order of the methodology, those without a row left out. */
export function frozenTables({ rows, questionnaire }: FrozenTables, rule: AggregationRule, context: CellContext) {
  const of = (table: string) => rows.filter(({ texts }) => texts.table === table)
  const questions = questionTexts(questionnaire, context)
  const trend = of('trend').filter(({ texts }) => texts.rule === rule)
  const made = {
    t2: groupsTable('t2', of('demographics'), questions, context),
    t6: satisfactionTable(of('groups'), of('group-tests'), questions, context),
    t7: wishesTable(of('wishes'), context),
    t8: groupsTable('t8', of('negatives'), questions, context),
    // A wave alone has nothing that it could be compared with.
    t9: trendTable(trend.length > 1 ? trend : [], context),
    t10: importanceTable(of('importance'), context),
    t10b: sharesTable(of('factor-shares'), context),
    t11: topicsTable(of('comments'), context),
    t12: flagsTable(of('flags'), context),
    t12b: reliabilityTable(of('reliability'), context),
    t12c: designTable(of('design-effects'), context),
  }
  return Object.fromEntries(Object.entries(made).filter(([, { rows: some }]) => some.length > 0)) as Partial<
    typeof made
  >
}

const questionTexts = ({ sections }: Questionnaire, { language }: CellContext) =>
  new Map(sections.flatMap(({ items }) => items.map(({ code, text }) => [code, text[language]] as const)))

/** Rows of several items, each under its question. */
function underQuestions(
  rows: readonly FrozenRow[],
  questions: ReadonlyMap<string, string>,
  width: number,
  cellsOf: (row: FrozenRow) => readonly PaperCell[],
): Rows {
  const items = [...new Set(rows.map(({ texts }) => texts.item!))]
  return items.flatMap((item) => [
    { cells: [questions.get(item) ?? item, ...Array<string>(width - 1).fill('')], isStrong: true },
    ...rows.filter(({ texts }) => texts.item === item).map((row) => ({ cells: cellsOf(row), isStrong: false })),
  ])
}

/** The name of an answer, or of what stands for several. */
const optionName = (row: FrozenRow, context: CellContext) =>
  labelOf(row, context) || (row.texts.option ? context.t(`analysis.${row.texts.option}`) : '')

function groupsTable(
  table: 't2' | 't8',
  rows: readonly FrozenRow[],
  questions: ReadonlyMap<string, string>,
  context: CellContext,
): SheetTable {
  const { t } = context
  const columns = [
    textColumn(t(table === 't2' ? 'analysis.col_group' : 'analysis.col_answer'), 50),
    numberColumn(t('analysis.col_n'), 11),
    numberColumn(t('paper.col_share'), 11),
    numberColumn(t('paper.col_interval'), 18),
    numberColumn(t('paper.col_source'), 10),
  ]
  const cellsOf = (row: FrozenRow) => [
    optionName(row, context),
    ...figuresOr(row, context, shareCells(context)),
    lineCell(row.line),
  ]
  return { ...sheetOf(table, context), columns, rows: underQuestions(rows, questions, columns.length, cellsOf) }
}

const shareCells = (context: CellContext) => (row: FrozenRow) => [
  countIn(row, 'n', context),
  percentIn(row, 'percent', context),
  intervalIn(row, context),
]

/** A group's index and overall item stand in two rows of the file, and in one here. */
function satisfactionTable(
  groups: readonly FrozenRow[],
  tests: readonly FrozenRow[],
  questions: ReadonlyMap<string, string>,
  context: CellContext,
): SheetTable {
  const { t, formats } = context
  const columns = [
    textColumn(t('analysis.col_group'), 34),
    ...(['index', 'overall'] as const).flatMap((measure) => [
      numberColumn(t(`analysis.col_${measure}`), 10),
      numberColumn(t('paper.col_interval'), 13),
      numberColumn(t('paper.col_source'), 10),
    ]),
  ]
  const figuresOf = (row: FrozenRow | undefined): readonly PaperCell[] =>
    row === undefined
      ? ['', '', '']
      : [
          ...figuresOr(row, context, (one) => [percentIn(one, 'top_two_percent', context), intervalIn(one, context)]),
          lineCell(row.line),
        ]
  const overallOf = ({ texts }: FrozenRow) =>
    groups.find(
      (other) =>
        other.texts.item === texts.item && other.texts.option === texts.option && other.texts.measure === 'overall',
    )
  const testText = ({ texts }: FrozenRow) =>
    texts.status === 'published'
      ? t(`paper.test_${texts.measure}`, {
          statistic: formats.decimal(Number(texts.statistic), 2),
          df: texts.df!,
          p:
            Number(texts.p_holm) < 0.001
              ? `p < ${formats.decimal(0.001, 3)}`
              : `p = ${formats.decimal(Number(texts.p_holm), 3)}`,
        })
      : t(`paper.test_${texts.measure}_none`)
  const cellsOf = (row: FrozenRow): readonly PaperCell[] => {
    if (row.texts.table === 'group-tests') return [testText(row), '', '', lineCell(row.line), '', '', '']
    return [optionName(row, context), ...figuresOf(row), ...figuresOf(overallOf(row))]
  }
  const shown = [
    ...groups.filter(({ texts }) => texts.measure !== 'overall'),
    ...tests.filter(({ texts }) => texts.status !== 'withheld'),
  ]
  return { ...sheetOf('t6', context), columns, rows: underQuestions(shown, questions, columns.length, cellsOf) }
}

function wishesTable(rows: readonly FrozenRow[], context: CellContext): SheetTable {
  const { t } = context
  return {
    ...sheetOf('t7', context),
    columns: [
      textColumn(t('analysis.col_wish'), 46),
      numberColumn(t('analysis.col_rank'), 8),
      numberColumn(t('analysis.col_n'), 10),
      numberColumn(t('paper.col_share'), 10),
      numberColumn(t('paper.col_interval'), 16),
      numberColumn(t('paper.col_source'), 10),
    ],
    rows: plainRows(rows, (row) => [
      labelOf(row, context),
      countIn(row, 'rank', context),
      ...figuresOr(row, context, shareCells(context)),
    ]),
  }
}

function trendTable(rows: readonly FrozenRow[], context: CellContext): SheetTable {
  const { t, formats } = context
  const changeOf = ({ texts }: FrozenRow): readonly string[] => {
    if (texts.breaks)
      return [
        texts.breaks
          .split(' ')
          .map((kind) => t(`paper.break_${kind}`))
          .join(', '),
        '',
        '',
      ]
    if (!texts.points) return ['', '', '']
    const interval = { lowPercent: Number(texts.low_points), highPercent: Number(texts.high_points) }
    return [formats.signed(Number(texts.points)), formats.interval(interval), formats.decimal(Number(texts.p_holm), 3)]
  }
  return {
    ...sheetOf('t9', context),
    columns: [
      textColumn(t('paper.col_wave'), 28),
      numberColumn(t('paper.col_percent'), 9),
      numberColumn(t('paper.col_interval'), 13),
      numberColumn(t('paper.col_base'), 8),
      numberColumn(t('paper.col_change'), 14),
      numberColumn(t('paper.col_change_interval'), 12),
      numberColumn(t('paper.col_p'), 8),
      numberColumn(t('paper.col_source'), 8),
    ],
    rows: plainRows(rows, (row) => [
      row.texts.release ? `${labelOf(row, context)} [${row.texts.release}]` : labelOf(row, context),
      ...figuresOr(row, context, (one) => [
        percentIn(one, 'percent', context),
        intervalIn(one, context),
        countIn(one, 'base', context),
      ]),
      ...changeOf(row),
    ]),
  }
}

function importanceTable(rows: readonly FrozenRow[], context: CellContext): SheetTable {
  const { t } = context
  return {
    ...sheetOf('t10', context),
    columns: [
      textColumn(t('analysis.col_criterion'), 32),
      textColumn(t('analysis.col_quadrant'), 15),
      numberColumn(t('analysis.col_derived'), 10),
      numberColumn(t('analysis.col_performance'), 10),
      numberColumn(t('analysis.col_stated'), 11),
      numberColumn(t('analysis.col_gap'), 8),
      numberColumn(t('paper.col_base'), 7),
      numberColumn(t('paper.col_source'), 7),
    ],
    rows: plainRows(rows, (row) => [
      row.texts.item ? `${row.texts.item} ${labelOf(row, context)}` : '',
      ...figuresOr(row, context, (one) => [
        t(`analysis.quadrant_${one.texts.quadrant || 'low_priority'}`) + (one.texts.is_near_cut === 'true' ? ' *' : ''),
        decimalIn(one, 'pearson', context),
        percentIn(one, 'performance_percent', context),
        percentIn(one, 'stated_percent', context),
        decimalIn(one, 'gap', context),
        countIn(one, 'n_pairs', context),
      ]),
    ]),
  }
}

function sharesTable(rows: readonly FrozenRow[], context: CellContext): SheetTable {
  const { t } = context
  return {
    ...sheetOf('t10b', context),
    columns: [
      textColumn(t('analysis.col_factor'), 46),
      numberColumn(t('analysis.col_shapley'), 14),
      numberColumn(t('analysis.col_r'), 16),
      numberColumn(t('paper.col_base'), 12),
      numberColumn(t('paper.col_source'), 12),
    ],
    rows: plainRows(rows, (row) => [
      labelOf(row, context),
      ...figuresOr(row, context, (one) => [
        percentIn(one, 'share_percent', context),
        decimalIn(one, 'pearson', context),
        countIn(one, 'base', context),
      ]),
    ]),
  }
}

function topicsTable(rows: readonly FrozenRow[], context: CellContext): SheetTable {
  const { t } = context
  const nameOf = (row: FrozenRow) => {
    if (row.texts.code === 'all') return t('analysis.commented')
    return row.texts.code === 'none' ? t('analysis.comment_none') : labelOf(row, context)
  }
  return {
    ...sheetOf('t11', context),
    columns: [
      textColumn(t('analysis.col_topic'), 50),
      numberColumn(t('analysis.col_n'), 11),
      numberColumn(t('paper.col_share'), 11),
      numberColumn(t('paper.col_interval'), 18),
      numberColumn(t('paper.col_source'), 10),
    ],
    rows: plainRows(rows, (row) => [nameOf(row), ...figuresOr(row, context, shareCells(context))]),
  }
}
