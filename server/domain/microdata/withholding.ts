import type { MicrodataPlan } from './microdata-plan.js'
import type { QuasiKeys } from './quasi-keys.js'
import { ladderOf, type UnitCombinations, type UnitWithholding, withholdInUnit } from './withhold-in-unit.js'

/** Not even the unit is shown. */
const EVERYTHING = 0xffff
const UNIT = 'unit'

/** What is withheld in which row. */
export interface Withholding {
  /** Fewest rows that look alike. */
  readonly k: number
  readonly rows: number
  /** Rows with nothing withheld but what is withheld in all. */
  readonly untouched: number
  /** Rows without the value, by key of the quasi-identifier, most valuable first; `unit` is one of them. */
  readonly counts: ReadonlyMap<string, number>
  /** @returns whether a quasi-identifier is withheld in rows like this one; holds until the next call */
  of(record: Uint16Array): (key: string) => boolean
}

/** What came of it: nothing can be given out of fewer than `k` responses. */
export type WithholdingOutcome =
  | { readonly kind: 'decided'; readonly withholding: Withholding }
  | { readonly kind: 'too_few'; readonly rows: number }

interface DecidedUnit extends UnitCombinations {
  readonly masks: Uint16Array
}

/**
 * Decides from all records of a wave what is withheld in which row, so that every row is like at least `k - 1` others in
 * all that others may know of a respondent.
 *
 * The decision depends on the combination alone, not on the order of the records. Memory: eight bytes a record while reading,
 * then fourteen for each different combination.
 *
 * @see Sweeney, L. (2002) "Achieving k-anonymity privacy protection using generalization and suppression", IJUFKS 10(5)
 */
export function createWithholding({ unitSlot }: Pick<MicrodataPlan, 'unitSlot'>, quasi: QuasiKeys, k: number) {
  const units = new Map<number, { keys: Float64Array; size: number }>()
  return {
    add(record: Uint16Array): void {
      const number = record[unitSlot]!
      let unit = units.get(number)
      if (unit === undefined) {
        unit = { keys: new Float64Array(64), size: 0 }
        units.set(number, unit)
      }
      if (unit.size === unit.keys.length) {
        const grown = new Float64Array(2 * unit.size)
        grown.set(unit.keys)
        unit.keys = grown
      }
      unit.keys[unit.size++] = quasi.keyOf(record)
    },
    decide(): WithholdingOutcome {
      const rows = [...units.values()].reduce((sum, { size }) => sum + size, 0)
      if (rows < k) return { kind: 'too_few', rows }
      const decided = decideUnits(units, quasi, k)
      const counts = countWithheld(decided, quasi, rows)
      const lookUp = (record: Uint16Array) => maskFor(decided.get(record[unitSlot]!), quasi.keyOf(record))
      return { kind: 'decided', withholding: { k, rows, ...counts, of: reader(quasi, lookUp) } }
    },
  }
}

function decideUnits(
  units: Map<number, { keys: Float64Array; size: number }>,
  quasi: QuasiKeys,
  k: number,
): ReadonlyMap<number, DecidedUnit> {
  const ladder = ladderOf(quasi.free)
  const decided = new Map<number, DecidedUnit>()
  let hidden = 0
  let giver: { readonly unit: DecidedUnit; readonly small: UnitWithholding['small'] } | undefined
  for (const number of [...units.keys()].sort((a, b) => a - b)) {
    const { keys, size } = units.get(number)!
    units.delete(number)
    const combinations = distinct(keys.subarray(0, size).sort())
    const found = withholdInUnit(combinations, quasi, ladder, k)
    const unit = { ...combinations, masks: found?.masks ?? new Uint16Array(combinations.keys.length).fill(EVERYTHING) }
    decided.set(number, unit)
    if (found === null) hidden += size
    else if (giver === undefined || found.small.rows < giver.small.rows) giver = { unit, small: found.small }
  }
  // Rows without a unit that are too few for a group of their own get company from a unit that has enough.
  if (hidden > 0 && hidden < k) for (const i of giver!.small.members) giver!.unit.masks[i] = EVERYTHING
  return decided
}

function distinct(sorted: Float64Array): UnitCombinations {
  let size = 0
  for (let i = 0; i < sorted.length; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) size += 1
  const keys = new Float64Array(size)
  const counts = new Uint32Array(size)
  let at = -1
  for (let i = 0; i < sorted.length; i++) {
    if (i === 0 || sorted[i] !== sorted[i - 1]) keys[++at] = sorted[i]!
    counts[at]!++
  }
  return { keys, counts }
}

function maskFor(unit: DecidedUnit | undefined, key: number): number {
  if (unit === undefined) throw new RangeError('A record of a unit that was not read before')
  let [low, high] = [0, unit.keys.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if (unit.keys[middle]! < key) low = middle + 1
    else high = middle
  }
  if (unit.keys[low] !== key) throw new RangeError('A record with a combination that was not read before')
  return unit.masks[low]!
}

function reader({ free, forced }: QuasiKeys, maskOf: (record: Uint16Array) => number) {
  const bits = new Map(free.map(({ key }, j) => [key, 1 << j]))
  const always = new Set(forced.map(({ key }) => key))
  let mask = 0
  const isWithheld = (key: string): boolean =>
    key === UNIT ? mask === EVERYTHING : always.has(key) || (mask & bits.get(key)!) !== 0
  return (record: Uint16Array) => {
    mask = maskOf(record)
    return isWithheld
  }
}

function countWithheld(units: ReadonlyMap<number, DecidedUnit>, { free, forced }: QuasiKeys, rows: number) {
  const masks = [...units.values()].flatMap(({ masks: own, counts }) => [...rowsByMask(own, counts)])
  const rowsWhere = (holds: (mask: number) => boolean) =>
    masks.reduce((sum, [mask, count]) => sum + (holds(mask) ? count : 0), 0)
  const counts = new Map<string, number>([
    [UNIT, rowsWhere((mask) => mask === EVERYTHING)],
    ...free.map(({ key }, j) => [key, rowsWhere((mask) => ((mask >> j) & 1) === 1)] as const),
    ...forced.map(({ key }) => [key, rows] as const),
  ])
  return { untouched: rowsWhere((mask) => mask === 0), counts }
}

function rowsByMask(masks: Uint16Array, counts: Uint32Array): ReadonlyMap<number, number> {
  const rows = new Map<number, number>()
  for (const [i, mask] of masks.entries()) rows.set(mask, (rows.get(mask) ?? 0) + counts[i]!)
  return rows
}
