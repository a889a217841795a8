import { createMoveSpace, type MoveRow } from './move-space.js'
import { type Equation, type ProtectionProblem, type Witness, witnessOf } from './protection-problem.js'

/** How many quantities a search takes in, of all and of one equation. */
interface Reach {
  readonly size: number
  readonly perEquation: number
}

/** Searches go from near to far: most cells are decided by what stands close by. */
const REACHES: readonly Reach[] = [
  { size: 40, perEquation: 5 },
  { size: 160, perEquation: 20 },
  { size: 600, perEquation: 600 },
]

/** Where a quantity is to move: down (-1) or up (1), and how far. */
export interface Aim {
  readonly key: string
  readonly sign: 1 | -1
  readonly distance: number
}

/**
 * A table in which the aim is met as far as some hidden quantities allow; `null` when none is found.
 *
 * @param region hidden quantities that may move; all others are held at their true values, which errs on the safe side
 */
export function findWitness(problem: ProtectionProblem, region: readonly string[], aim: Aim): Witness | null {
  const { space, columnOf } = spaceOf(problem, region, aim)
  space.maximise(new Map([[columnOf.get(aim.key)!, aim.sign]]))
  return witnessOf(problem, new Map(region.map((key) => [key, space.values[columnOf.get(key)!]!])))
}

/**
 * The cheapest quantities of a region to hide so that the aim can be met.
 *
 * Cheapest by what must move times its cost, the linear stand-in for the cost of hiding (which is all or nothing); what
 * turns out superfluous is shown again by `protect`.
 *
 * @returns keys to hide; `null` when no such table is found
 * @see Kelly, J., Golden, B., Assad, A. (1992) "Cell suppression: disclosure protection for sensitive tabular data",
 *   Networks 22, 397-417
 */
export function findCover(
  problem: ProtectionProblem,
  hidden: ReadonlySet<string>,
  region: readonly string[],
  aim: Aim,
): readonly string[] | null {
  const shown = region.filter((key) => !hidden.has(key))
  const { space, columnOf, fallOf } = spaceOf(problem, region, aim, shown)
  const column = columnOf.get(aim.key)!
  space.maximise(new Map([[column, aim.sign]]))
  if (space.values[column]! * aim.sign < aim.distance - 1e-7) return null
  const place = space.values[column]!
  space.setRoom(column, place, place)
  const costs = new Map<number, number>()
  for (const key of shown) {
    const cost = -(problem.quantities.get(key)!.cost + 1)
    costs.set(columnOf.get(key)!, cost)
    costs.set(fallOf.get(key)!, cost)
  }
  space.maximise(costs)
  return shown.filter((key) => space.values[columnOf.get(key)!]! + space.values[fallOf.get(key)!]! > 1e-7)
}

/**
 * Regions round a quantity, near to far, as far as they differ: what it reaches over equations, of each equation the hidden
 * ones first, then the cheapest.
 *
 * @param isUsable which quantities may be taken in
 */
export function* regionsOf(
  problem: ProtectionProblem,
  hidden: ReadonlySet<string>,
  start: string,
  isUsable: (key: string) => boolean,
): Generator<readonly string[]> {
  let last = 0
  for (const reach of REACHES) {
    const region = regionOf(problem, hidden, start, isUsable, reach)
    if (region.length > last) yield region
    last = region.length
  }
}

function regionOf(
  { quantities, equationsOf }: ProtectionProblem,
  hidden: ReadonlySet<string>,
  start: string,
  isUsable: (key: string) => boolean,
  { size, perEquation }: Reach,
): readonly string[] {
  const found = new Set([start])
  const passed = new Set<Equation>()
  const rank = (key: string) => (hidden.has(key) ? -1 : quantities.get(key)!.cost)
  const byRank = (a: string, b: string) => rank(a) - rank(b) || (a < b ? -1 : 1)
  const takeIn = (equation: Equation) => {
    const next = equation.terms.map(({ key }) => key).filter((key) => !found.has(key) && isUsable(key))
    const nearest = next.length > perEquation ? next.sort(byRank).slice(0, perEquation) : next
    for (const key of nearest.slice(0, size - found.size)) found.add(key)
  }
  for (const key of found) {
    const open = (equationsOf.get(key) ?? []).filter((equation) => !passed.has(equation))
    for (const equation of open) {
      passed.add(equation)
      takeIn(equation)
    }
    if (found.size >= size) break
  }
  return [...found]
}

/** The moves that are free; `split` ones get a column for falling too, so that a cost can count both ways. */
function spaceOf(
  { quantities, equationsOf }: ProtectionProblem,
  keys: readonly string[],
  aim: Aim,
  split: readonly string[] = [],
) {
  const isSplit = new Set(split)
  const columnOf = new Map(keys.map((key, column) => [key, column]))
  const fallOf = new Map(split.map((key, i) => [key, keys.length + i]))
  const lows = keys.map((key) => (isSplit.has(key) ? 0 : -quantities.get(key)!.down))
  const highs = keys.map((key) => quantities.get(key)!.up)
  const target = columnOf.get(aim.key)!
  if (aim.sign === 1) highs[target] = Math.min(highs[target]!, aim.distance)
  else lows[target] = Math.max(lows[target]!, -aim.distance)
  const rows = new Map<Equation, MoveRow>()
  for (const equation of keys.flatMap((key) => equationsOf.get(key) ?? [])) {
    if (!rows.has(equation)) rows.set(equation, rowOf(equation, columnOf, fallOf))
  }
  const falls = split.map((key) => quantities.get(key)!.down)
  const space = createMoveSpace([...rows.values()], [...lows, ...falls.map(() => 0)], [...highs, ...falls])
  return { space, columnOf, fallOf }
}

function rowOf(
  { terms }: Equation,
  columnOf: ReadonlyMap<string, number>,
  fallOf: ReadonlyMap<string, number>,
): MoveRow {
  const row = new Map<number, number>()
  const add = (column: number | undefined, coefficient: number) => {
    if (column !== undefined) row.set(column, (row.get(column) ?? 0) + coefficient)
  }
  for (const { key, coefficient } of terms) {
    add(columnOf.get(key), coefficient)
    add(fallOf.get(key), -coefficient)
  }
  return row
}
