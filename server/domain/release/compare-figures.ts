/** Figures as a file holds them: each cell as text, empty for `null`. */
export type FigureTexts = Readonly<Record<string, string>>

/** Where two tables of figures first part. */
export interface FigureDifference {
  /** From 1, the head included. */
  readonly line: number
  /** Rule, group and line of the questionnaire: which figure it is. */
  readonly figure: string
  readonly column: string
  readonly released: string
  readonly recomputed: string
}

/** Which figure a row is about. */
export const figureName = ({ rule, rollup, scope, unit_uid, level, code }: FigureTexts) =>
  [rule, `${scope} ${unit_uid}${rollup === 'simple_mean' ? ' (simple mean)' : ''}`, `${level} ${code}`].join(', ')

/** The first cell in which released figures are not those computed anew, or `null` when every digit is the same. */
export function firstDifference(
  released: readonly FigureTexts[],
  recomputed: readonly FigureTexts[],
): FigureDifference | null {
  for (let i = 0; i < Math.max(released.length, recomputed.length); i += 1) {
    const [old, anew] = [released[i], recomputed[i]]
    const place = { line: i + 2, figure: figureName((old ?? anew)!) }
    if (old === undefined) return { ...place, column: 'all', released: 'missing', recomputed: 'there' }
    if (anew === undefined) return { ...place, column: 'all', released: 'there', recomputed: 'missing' }
    const column = Object.keys({ ...old, ...anew }).find((name) => old[name] !== anew[name])
    if (column !== undefined) return { ...place, column, released: old[column] ?? '', recomputed: anew[column] ?? '' }
  }
  return null
}
