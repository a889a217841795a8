import type { MicrodataPlan, QuasiIdentifier } from './microdata-plan.js'

/** Every further one doubles the combinations of what may be withheld. */
const MOST_FREE = 10

/** What others may know of respondents, as one whole number for each combination. */
export interface QuasiKeys {
  /** Those that are withheld row by row, most valuable first; bit `j` of a mask stands for the one at place `j`. */
  readonly free: readonly QuasiIdentifier[]
  /** Those that are withheld in every row, since a number cannot hold them too. */
  readonly forced: readonly QuasiIdentifier[]
  /** The combination of a record: a whole number below 2^53. */
  keyOf(record: Uint16Array): number
  /** What each free one adds to a combination; together they are the combination. */
  partsOf(key: number): readonly number[]
}

/**
 * Collects the values of each slot: how many different ones there are sets how much room a combination needs.
 *
 * Values are ranked by what they mean, so that combinations come in the same order in whatever order responses are read.
 */
export function createValueRanks({ quasi, slots }: Pick<MicrodataPlan, 'quasi' | 'slots'>) {
  const seen = new Map(quasi.flatMap((one) => one.slots).map((slot) => [slot, new Set<number>()]))
  return {
    observe(record: Uint16Array): void {
      for (const [slot, values] of seen) values.add(record[slot]!)
    },
    /** @throws {RangeError} from `keyOf`, when a value was not observed */
    keys: (): QuasiKeys =>
      quasiKeys(quasi, new Map([...seen].map(([slot, values]) => [slot, ranksOf(values, slots[slot]!.texts)]))),
  }
}

function ranksOf(values: ReadonlySet<number>, texts: readonly string[] | undefined): ReadonlyMap<number, number> {
  const textOf = (value: number) => texts?.[value] ?? ''
  const sorted = [...values].sort((a, b) =>
    textOf(a) < textOf(b) ? -1 : textOf(a) > textOf(b) ? 1 : texts === undefined ? a - b : 0,
  )
  return new Map(sorted.map((value, rank) => [value, rank]))
}

function quasiKeys(
  quasi: readonly QuasiIdentifier[],
  ranks: ReadonlyMap<number, ReadonlyMap<number, number>>,
): QuasiKeys {
  const sizeOf = (slots: readonly number[]) =>
    slots.reduce((size, slot) => size * Math.max(1, ranks.get(slot)!.size), 1)
  const sorted = quasi.toSorted((a, b) => b.cost - a.cost)
  const free: QuasiIdentifier[] = []
  const places: number[] = []
  let room = 1
  for (const one of sorted) {
    const needed = room * sizeOf(one.slots)
    if (free.length === MOST_FREE || needed > Number.MAX_SAFE_INTEGER) break
    free.push(one)
    places.push(room)
    room = needed
  }
  const digits = free.flatMap(({ slots }, j) => {
    let place = places[j]!
    return slots.map((slot) => {
      const digit = { slot, place, ranks: ranks.get(slot)! }
      place *= Math.max(1, digit.ranks.size)
      return digit
    })
  })
  return {
    free,
    forced: sorted.slice(free.length),
    keyOf(record) {
      let key = 0
      for (const digit of digits) {
        const rank = digit.ranks.get(record[digit.slot]!)
        if (rank === undefined)
          throw new RangeError(`Value ${record[digit.slot]} of slot ${digit.slot} was not observed`)
        key += rank * digit.place
      }
      return key
    },
    partsOf(key) {
      let rest = key
      const parts: number[] = []
      for (let j = free.length - 1; j >= 0; j--) {
        const part = rest - (rest % places[j]!)
        parts.unshift(part)
        rest -= part
      }
      return parts
    },
  }
}
