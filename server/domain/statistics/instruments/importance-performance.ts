/** One item of the chart. */
export interface PlacedInput {
  readonly id: string
  /** Stated share or correlation, −1 to 1. */
  readonly importance: number
  /** 0 to 100. */
  readonly performancePercent: number
}

/**
 * Fields of the importance-performance chart: Tập trung cải thiện, Tiếp tục phát huy, Ưu tiên thấp, Có thể dư thừa.
 *
 * @see Martilla, J. A., James, J. C. (1977) J. Marketing 41, 77-79
 */
export type Quadrant = 'concentrate' | 'keep_up' | 'low_priority' | 'possible_overkill'

/** An item in its field, with its gap. */
export interface PlacedItem extends PlacedInput {
  readonly quadrant: Quadrant
  /** importance · (100 − performance): what is to be gained, weighted by what it matters. */
  readonly gap: number
}

/** The chart as data. */
export interface ImportancePerformance {
  /** Border between low and high importance: the mean of the items. */
  readonly importanceCut: number
  /** Border between low and high performance: the mean of the items. */
  readonly performanceCutPercent: number
  /** In the order given. */
  readonly items: readonly PlacedItem[]
  /** Ids by gap, largest first: the fields alone can hide the largest gap. */
  readonly gapOrder: readonly string[]
}

/**
 * Places items in the importance-performance chart, with the cuts at the means of the items.
 *
 * An item on a cut counts as high. Cuts depend on the items shown: leaving one out can move others.
 *
 * @returns `null` without items
 * @throws {RangeError} when an importance is outside −1 to 1 or a performance outside 0 to 100
 * @see Martilla and James (1977); methodology 4.6 and 10.6 (G1)
 * @example placeItems([{ id: 'fees', importance: 0.8, performancePercent: 40 }, { id: 'staff', importance: 0.6, performancePercent: 80 }]).items[0].quadrant
 *   // 'concentrate'
 */
export function placeItems(items: readonly PlacedInput[]): ImportancePerformance | null {
  if (items.length === 0) return null
  for (const { id, importance, performancePercent } of items) {
    const isInside = Math.abs(importance) <= 1 && performancePercent >= 0 && performancePercent <= 100
    if (!isInside) throw new RangeError(`Item ${id} has importance ${importance} and performance ${performancePercent}`)
  }
  const mean = (of: (item: PlacedInput) => number) => items.reduce((sum, item) => sum + of(item), 0) / items.length
  const importanceCut = mean(({ importance }) => importance)
  const performanceCutPercent = mean(({ performancePercent }) => performancePercent)
  const placed = items.map((item) => ({
    ...item,
    quadrant: quadrantOf(item.importance >= importanceCut, item.performancePercent >= performanceCutPercent),
    gap: item.importance * (100 - item.performancePercent),
  }))
  const gapOrder = [...placed].sort((a, b) => b.gap - a.gap).map(({ id }) => id)
  return { importanceCut, performanceCutPercent, items: placed, gapOrder }
}

function quadrantOf(isImportant: boolean, isGood: boolean): Quadrant {
  if (isImportant) return isGood ? 'keep_up' : 'concentrate'
  return isGood ? 'possible_overkill' : 'low_priority'
}
