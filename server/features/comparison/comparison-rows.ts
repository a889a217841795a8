import type { ReportCell } from '../../domain/report/index-report.js'
import type { Comparison } from './get-comparison.js'

/** Columns of a comparison as a file. Names never change meaning; new ones go to the end. */
export const COMPARISON_COLUMNS = [
  ...['first_wave', 'first_unit', 'second_wave', 'second_unit', 'rule', 'level', 'code', 'label_vi', 'label_en'],
  ...['first_status', 'first_percent', 'first_low_percent', 'first_high_percent', 'first_n'],
  ...['second_status', 'second_percent', 'second_low_percent', 'second_high_percent', 'second_n'],
  ...['status', 'points', 'low_points', 'high_points', 'p', 'p_holm', 'verdict'],
] as const
type Column = (typeof COMPARISON_COLUMNS)[number]

export type ComparisonRow = Readonly<Record<Column, string | number | null>>

const figuresOf = (side: 'first' | 'second', cell: ReportCell | null) => {
  const figures = cell?.estimate.kind === 'published' ? cell.estimate.figures : null
  return {
    [`${side}_status`]: cell?.estimate.kind ?? 'not_asked',
    [`${side}_percent`]: figures?.topTwoBoxPercent ?? null,
    [`${side}_low_percent`]: figures?.interval.lowPercent ?? null,
    [`${side}_high_percent`]: figures?.interval.highPercent ?? null,
    [`${side}_n`]: figures?.base ?? null,
  }
}

/** One row for each line. */
export function comparisonRows({ first, second, rule, lines }: Comparison): readonly ComparisonRow[] {
  return lines.map(({ line, first: a, second: b, change, why }) => {
    const row: Record<string, string | number | null> = {
      first_wave: first.wave.id,
      first_unit: first.unitUid,
      second_wave: second.wave.id,
      second_unit: second.unitUid,
      rule,
      level: line.level,
      code: line.code,
      label_vi: line.label.vi,
      label_en: line.label.en,
      ...figuresOf('first', a),
      ...figuresOf('second', b),
      status: why?.kind ?? 'compared',
      points: change?.points ?? null,
      low_points: change?.lowPoints ?? null,
      high_points: change?.highPoints ?? null,
      p: change?.p ?? null,
      p_holm: change?.adjustedP ?? null,
      verdict: change?.verdict ?? null,
    }
    return row as ComparisonRow
  })
}
