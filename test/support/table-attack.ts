/**
 * A reader who tries every table of whole numbers. Written apart from the engine: no linear programming, only trial with
 * narrowing of ranges, so that one cannot be wrong for the same reason as the other.
 */

/** What a reader sees of a table. */
export interface ShownTable {
  readonly sums: readonly { readonly total: string; readonly parts: readonly string[] }[]
  /** Counts of all cells; those of hidden ones are not looked at. */
  readonly cells: readonly { readonly key: string; readonly count: number }[]
  readonly hidden: ReadonlySet<string>
}

/** Hidden cells with their signs, and what the shown cells of the sum leave for them: they add up to it. */
interface OpenSum {
  readonly terms: readonly { readonly at: number; readonly sign: 1 | -1 }[]
  readonly rest: number
}

interface Ranges {
  readonly low: number[]
  readonly high: number[]
}

/** Whether some table of whole numbers of 0 or more agrees with everything shown and has the cell in a range. */
export type CanBe = (key: string, low: number, high?: number) => boolean

/** A reader of a table. No hidden cell is tried far above the greatest count there is. */
export function readerOf({ sums, cells, hidden }: ShownTable): CanBe {
  const places = new Map([...hidden].map((key, at) => [key, at]))
  const counts = new Map(cells.map(({ key, count }) => [key, count]))
  const open = sums.map(({ total, parts }): OpenSum => {
    const signed = [{ key: total, sign: -1 as const }, ...parts.map((key) => ({ key, sign: 1 as const }))]
    return {
      terms: signed.flatMap(({ key, sign }) => (hidden.has(key) ? [{ at: places.get(key)!, sign }] : [])),
      rest: signed.reduce((sum, { key, sign }) => (hidden.has(key) ? sum : sum - sign * counts.get(key)!), 0),
    }
  })
  const most = Math.max(...counts.values()) + 10
  return (key, low, high = most) => {
    const at = places.get(key)!
    const all = Array.from({ length: hidden.size }, () => most)
    return search(
      open.filter(({ terms }) => terms.length > 0),
      { low: all.map((_, i) => (i === at ? low : 0)), high: all.with(at, high) },
    )
  }
}

function search(sums: readonly OpenSum[], ranges: Ranges): boolean {
  if (!narrow(sums, ranges)) return false
  let open = -1
  let width = Number.POSITIVE_INFINITY
  ranges.low.forEach((low, at) => {
    const own = ranges.high[at]! - low
    if (own > 0 && own < width) [open, width] = [at, own]
  })
  if (open < 0) return true
  const middle = Math.floor((ranges.low[open]! + ranges.high[open]!) / 2)
  const below = { low: [...ranges.low], high: ranges.high.with(open, middle) }
  const above = { low: ranges.low.with(open, middle + 1), high: [...ranges.high] }
  return search(sums, below) || search(sums, above)
}

/** Narrows every range by every sum until nothing changes; false when one becomes empty. */
function narrow(sums: readonly OpenSum[], ranges: Ranges): boolean {
  for (let isChanged = true; isChanged; ) {
    isChanged = false
    for (const sum of sums) {
      const outcome = narrowBy(sum, ranges)
      if (outcome === 'empty') return false
      isChanged ||= outcome === 'narrower'
    }
  }
  return true
}

function narrowBy(sum: OpenSum, { low, high }: Ranges): 'empty' | 'narrower' | 'same' {
  const [least, greatest] = extremesOf(sum, { low, high })
  if (least > 0 || greatest < 0) return 'empty'
  let outcome: 'narrower' | 'same' = 'same'
  for (const { at, sign } of sum.terms) {
    // The others make up for this term: its room is what least and greatest leave without its own share.
    const [ownLow, ownHigh] = [low[at]!, high[at]!]
    low[at] = Math.max(ownLow, sign === 1 ? ownHigh - greatest : ownHigh + least)
    high[at] = Math.min(ownHigh, sign === 1 ? ownLow - least : ownLow + greatest)
    if (low[at]! > high[at]!) return 'empty'
    if (low[at] !== ownLow || high[at] !== ownHigh) outcome = 'narrower'
  }
  return outcome
}

/** The least and the greatest that the terms, less the rest, can add up to; 0 must lie between. */
function extremesOf({ terms, rest }: OpenSum, { low, high }: Ranges): readonly [number, number] {
  let least = -rest
  let greatest = -rest
  for (const { at, sign } of terms) {
    least += sign === 1 ? low[at]! : -high[at]!
    greatest += sign === 1 ? high[at]! : -low[at]!
  }
  return [least, greatest]
}
