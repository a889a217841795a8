import type { Sum, TableCell } from '../../server/domain/disclosure/protect-table.js'
import { createSeededStream } from '../../server/domain/statistics/random/seeded-stream.js'

/** A dimension of a table: each code with the codes that add up to it, the whole first. */
export type Dimension = Readonly<Record<string, readonly string[]>>

/** A dimension without levels between the parts and the whole. */
export function flat(name: string, size: number): Dimension {
  const parts = Array.from({ length: size }, (_, i) => `${name}${i}`)
  return { [name]: parts, ...Object.fromEntries(parts.map((part) => [part, []])) }
}

/** A dimension of districts with wards. */
export function nested(name: string, wards: readonly number[]): Dimension {
  const districts = wards.map((_, d) => `${name}${d}`)
  const partsOf = wards.map((count, d) => Array.from({ length: count }, (_, w) => `${name}${d}.${w}`))
  return {
    [name]: districts,
    ...Object.fromEntries(districts.map((district, d) => [district, partsOf[d]!])),
    ...Object.fromEntries(partsOf.flat().map((ward) => [ward, []])),
  }
}

/** The table over dimensions with every margin, from a count for each inner cell. */
export function tableOver(dimensions: readonly Dimension[], countOf: (key: string) => number) {
  const places = product(dimensions.map((dimension) => Object.keys(dimension)))
  const counts = new Map<string, number>()
  const sums: Sum[] = []
  const sumsOf = (place: readonly string[]): readonly Sum[] =>
    place.flatMap((code, d) => {
      const parts = dimensions[d]![code]!
      if (parts.length === 0) return []
      return [{ total: place.join('|'), parts: parts.map((part) => place.with(d, part).join('|')) }]
    })
  const fill = (place: readonly string[]): number => {
    const key = place.join('|')
    const known = counts.get(key)
    if (known !== undefined) return known
    const open = place.findIndex((code, d) => dimensions[d]![code]!.length > 0)
    const count =
      open < 0
        ? countOf(key)
        : dimensions[open]![place[open]!]!.reduce((sum, part) => sum + fill(place.with(open, part)), 0)
    counts.set(key, count)
    return count
  }
  for (const place of places) {
    fill(place)
    sums.push(...sumsOf(place))
  }
  const cells = places.map((place): TableCell => ({ key: place.join('|'), count: counts.get(place.join('|'))! }))
  return { cells, sums }
}

/** A random table of the kind: two-way, three-way or with a hierarchy; the same for the same seed. */
export function randomTable(seed: number) {
  const random = createSeededStream(`table ${seed}`)
  const size = (least: number, most: number) => least + random.below(most - least + 1)
  const kinds = [
    () => [flat('a', size(2, 5)), flat('b', size(2, 4))],
    () => [flat('a', size(2, 3)), flat('b', size(2, 3)), flat('c', size(2, 3))],
    () => [
      nested(
        'a',
        Array.from({ length: size(2, 3) }, () => size(1, 4)),
      ),
      flat('b', size(1, 3)),
    ],
  ]
  const dimensions = kinds[seed % kinds.length]!()
  const smallShare = 1 + random.below(4)
  return tableOver(dimensions, () => (random.below(10) < smallShare ? random.below(8) : random.below(60)))
}

function product(lists: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return lists.reduce<readonly (readonly string[])[]>(
    (all, list) => all.flatMap((begun) => list.map((code) => [...begun, code])),
    [[]],
  )
}
