import { createMoveSpace } from './move-space.js'
import { type Equation, type ProtectionProblem, type Witness, witnessOf } from './protection-problem.js'

/** How many quantities a search takes in, of all and of one equation. */
interface Reach {
  readonly size: number
  readonly perEquation: number
}

/** Searches go from near to far: most cells are decided by what stands close by. */
const REACHES: readonly Reach[] = [
  { size: 12, perEquation: 3 },
  { size: 40, perEquation: 8 },
  { size: 120, perEquation: 30 },
]

/** A problem with what is hidden so far. */
export interface Search {
  readonly problem: ProtectionProblem
  readonly hidden: ReadonlySet<string>
  /** The quantities of an equation, the best partners first: see `partnerOrder`. */
  readonly partnersIn: (equation: Equation) => readonly string[]
}

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
export function findWitness({ problem, hidden }: Search, region: readonly string[], aim: Aim): Witness | null {
  const { space, columnOf } = spaceOf(problem, hidden, region, aim)
  space.maximise(new Map([[columnOf.get(aim.key)!, aim.sign]]))
  return witnessOf(problem, hidden, new Map(region.map((key) => [key, space.values[columnOf.get(key)!]!])))
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
export function findCover({ problem, hidden }: Search, region: readonly string[], aim: Aim): readonly string[] | null {
  const shown = region.filter((key) => !hidden.has(key))
  const { space, columnOf, fallOf } = spaceOf(problem, hidden, region, aim, shown)
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
 * ones first, the best partners before others.
 *
 * @param isUsable which quantities may be taken in
 */
export function* regionsOf(
  search: Search,
  start: string,
  isUsable: (key: string) => boolean,
): Generator<readonly string[]> {
  let last = 0
  for (const reach of REACHES) {
    const region = regionOf(search, start, isUsable, reach)
    if (region.length > last) yield region
    last = region.length
  }
}

function regionOf(
  { problem: { membershipsOf }, hidden, partnersIn }: Search,
  start: string,
  isUsable: (key: string) => boolean,
  { size, perEquation }: Reach,
): readonly string[] {
  const found = new Set([start])
  const passed = new Set<Equation>()
  const takeIn = (equation: Equation) => {
    let room = Math.min(perEquation, size - found.size)
    const takeAll = (isMeant: (key: string) => boolean) => {
      for (const key of partnersIn(equation)) {
        if (room === 0) return
        if (!isMeant(key) || found.has(key)) continue
        found.add(key)
        room -= 1
      }
    }
    takeAll((key) => hidden.has(key))
    takeAll(isUsable)
  }
  for (const key of found) {
    const open = membershipsOf(key).filter(
      ({ equation }) => !passed.has(equation) && isBinding(equation, hidden, start),
    )
    for (const { equation } of open) {
      passed.add(equation)
      takeIn(equation)
    }
    if (found.size >= size) break
  }
  return [...found]
}

/** Whether an equation limits moves; one that defines a hidden quantity does so only when that one is aimed at. */
const isBinding = ({ defines }: Equation, hidden: ReadonlySet<string>, aimed: string) =>
  defines === undefined || defines === aimed || !hidden.has(defines)

/** The moves that are free; `split` ones get a column for falling too, so that a cost can count both ways. */
function spaceOf(
  { quantities, membershipsOf }: ProtectionProblem,
  hidden: ReadonlySet<string>,
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
  const rows = new Map<Equation, Map<number, number>>()
  for (const key of keys) {
    for (const { equation, coefficient } of membershipsOf(key)) {
      if (!isBinding(equation, hidden, aim.key)) continue
      const row = rows.get(equation) ?? new Map<number, number>()
      rows.set(equation, row)
      const add = (column: number, times: number) => row.set(column, (row.get(column) ?? 0) + times)
      add(columnOf.get(key)!, coefficient)
      if (isSplit.has(key)) add(fallOf.get(key)!, -coefficient)
    }
  }
  const falls = split.map((key) => quantities.get(key)!.down)
  const space = createMoveSpace([...rows.values()], [...lows, ...falls.map(() => 0)], [...highs, ...falls])
  return { space, columnOf, fallOf }
}
