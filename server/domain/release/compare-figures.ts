/** Figures as a file holds them: each cell as text, empty for `null`. */
export type FigureTexts = Readonly<Record<string, string>>

/** The files of a bundle that hold figures. */
export type FigureFile = 'figures.csv' | 'tables.csv'

/** Where two tables of figures first part. */
export interface FigureDifference {
  readonly file: FigureFile
  /** From 1, the head included. */
  readonly line: number
  /** Rule, group and line of the questionnaire: which figure it is. */
  readonly figure: string
  readonly column: string
  readonly released: string
  readonly recomputed: string
}

/** Which figure a row is about. */
export const figureName = ({ rule, rollup, scope, unit_uid, service, level, code }: FigureTexts) => {
  const whose = scope === 'service' ? service : unit_uid
  return [rule, `${scope} ${whose}${rollup === 'simple_mean' ? ' (simple mean)' : ''}`, `${level} ${code}`].join(', ')
}

/** Which row of the other tables: its table, then whatever tells it from the others there. */
export const tableRowName = ({
  table,
  rule,
  wave,
  step,
  item,
  option,
  measure,
  code,
  factor,
  flag,
  level,
}: FigureTexts) =>
  [table, rule, wave, step, level, item ?? factor, option, code, measure, flag].filter((part) => part).join(' ')

/** The first cell in which released figures are not those computed anew, or `null` when every digit is the same. */
export function firstDifference(
  released: readonly FigureTexts[],
  recomputed: readonly FigureTexts[],
  file: FigureFile = 'figures.csv',
): FigureDifference | null {
  const nameOf = file === 'figures.csv' ? figureName : tableRowName
  for (let i = 0; i < Math.max(released.length, recomputed.length); i += 1) {
    const [old, anew] = [released[i], recomputed[i]]
    const place = { file, line: i + 2, figure: nameOf((old ?? anew)!) }
    if (old === undefined) return { ...place, column: 'all', released: 'missing', recomputed: 'there' }
    if (anew === undefined) return { ...place, column: 'all', released: 'there', recomputed: 'missing' }
    const column = Object.keys({ ...old, ...anew }).find((name) => old[name] !== anew[name])
    if (column !== undefined) return { ...place, column, released: old[column] ?? '', recomputed: anew[column] ?? '' }
  }
  return null
}
