/** What everybody can recompute of the other tables of a release without its records: a share and its interval from its counts. */
import { wilsonInterval } from '../statistics/wilson.js'
import type { ShownCheck } from './check-shown.js'
import { type FigureTexts, tableRowName } from './compare-figures.js'

/** Recomputes the shares of a table of rows from their counts; what is no share follows from the records alone. */
export function checkTables(table: readonly FigureTexts[]): ShownCheck {
  let recomputedCount = 0
  let byRecordsCount = 0
  for (const [i, texts] of table.entries()) {
    if (texts.status !== 'published') continue
    const expected = shareOf(texts)
    if (expected === null) {
      byRecordsCount += 1
      continue
    }
    recomputedCount += 1
    const column = Object.keys(expected).find((name) => texts[name] !== String(expected[name]))
    if (column === undefined) continue
    const [released, recomputed] = [texts[column] ?? '', String(expected[column])]
    return {
      recomputedCount,
      byRecordsCount,
      difference: { file: 'tables.csv', line: i + 2, figure: tableRowName(texts), column, released, recomputed },
    }
  }
  return { recomputedCount, byRecordsCount, difference: null }
}

function shareOf({ base: baseText, n, percent: percentText }: FigureTexts): Readonly<Record<string, number>> | null {
  if (!percentText || !baseText || !n) return null
  const [base, count] = [Number(baseText), Number(n)]
  // No count of a base: a cell was altered.
  if (!(base > 0 && count >= 0 && count <= base)) return { percent: NaN }
  const { lowPercent, highPercent } = wilsonInterval(count / base, base)
  return { percent: (100 * count) / base, low_percent: lowPercent, high_percent: highPercent }
}
