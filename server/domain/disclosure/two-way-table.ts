/** Counts of respondents by row and column; rows of equal length, whole numbers of 0 or more. */
export type CountTable = readonly (readonly number[])[]

/** For each cell of a table whether it is hidden. */
export type HiddenMask = readonly (readonly boolean[])[]

/** Place of a cell. */
export interface CellPlace {
  readonly row: number
  readonly column: number
}

/** What a reader who knows the margins, all shown cells and that counts are not negative can say of a hidden cell. */
export interface CellBounds extends CellPlace {
  readonly low: number
  readonly high: number
}

/**
 * The sharpest bounds on each hidden cell of a table shown with its row and column totals.
 *
 * The hidden cells are the edges of a network between rows and columns. Any other table with the same totals differs by
 * amounts moved round its cycles, so the room to rise or fall is a maximum flow along alternating hidden cells, each of which
 * can give up at most its own count. For whole numbers these linear bounds are reached.
 *
 * @see Gusfield, D. (1988) "A graph theoretic approach to statistical data security", SIAM J. Computing 17(3), 552-571
 */
export function boundsOfHidden(table: CountTable, hidden: HiddenMask): readonly CellBounds[] {
  return hiddenPlaces(hidden).map((place) => {
    const value = table[place.row]![place.column]!
    return {
      ...place,
      low: value - roomToMove(table, hidden, place, -1),
      high: value + roomToMove(table, hidden, place, 1),
    }
  })
}

/** Whether some hidden cell follows exactly from the totals and the shown cells. */
export function canBeRecovered(table: CountTable, hidden: HiddenMask): boolean {
  return boundsOfHidden(table, hidden).some(({ low, high }) => low === high)
}

/** The hidden cells of a mask, row by row. */
export function hiddenPlaces(hidden: HiddenMask): readonly CellPlace[] {
  return hidden.flatMap((cells, row) => cells.flatMap((isHidden, column) => (isHidden ? [{ row, column }] : [])))
}

/**
 * How far a hidden cell can move in one direction while totals and signs hold: flow from its column back to its row.
 *
 * A step column → row changes the cell against the direction, a step row → column with it; a falling cell stops at 0.
 */
function roomToMove(table: CountTable, hidden: HiddenMask, place: CellPlace, direction: 1 | -1): number {
  const moved: number[][] = table.map((row) => row.map(() => 0))
  const limit = direction === 1 ? Number.POSITIVE_INFINITY : table[place.row]![place.column]!
  let room = 0
  while (room < limit) {
    const path = findPath(table, hidden, place, direction, moved)
    if (path === null) break
    const amount = Math.min(limit - room, ...path.map((step) => step.capacity))
    for (const { row, column, sign } of path) moved[row]![column]! += sign * amount
    room += amount
  }
  return room
}

interface Step extends CellPlace {
  readonly sign: 1 | -1
  /** How much the cell can still move that way. */
  readonly capacity: number
  /** The row or column reached. */
  readonly to: string
}

/** Breadth-first search from the place's column to its row over the other hidden cells; `null` when there is no way. */
function findPath(
  table: CountTable,
  hidden: HiddenMask,
  place: CellPlace,
  direction: 1 | -1,
  moved: CountTable,
): readonly Step[] | null {
  const others = hiddenPlaces(hidden).filter(({ row, column }) => row !== place.row || column !== place.column)
  const start = `column ${place.column}`
  const cameBy = new Map<string, readonly Step[]>([[start, []]])
  const queue = [start]
  for (const node of queue) {
    const steps = others.flatMap((cell) =>
      stepsFrom(node, cell, direction, table[cell.row]![cell.column]! + moved[cell.row]![cell.column]!),
    )
    for (const step of steps) {
      if (step.capacity <= 0 || cameBy.has(step.to)) continue
      cameBy.set(step.to, [...cameBy.get(node)!, step])
      queue.push(step.to)
    }
  }
  return cameBy.get(`row ${place.row}`) ?? null
}

/** The step along a hidden cell from its own column or row; none from elsewhere. */
function stepsFrom(vertex: string, { row, column }: CellPlace, direction: 1 | -1, count: number): readonly Step[] {
  const capacityOf = (sign: 1 | -1) => (sign === 1 ? Number.POSITIVE_INFINITY : count)
  const against: 1 | -1 = direction === 1 ? -1 : 1
  if (vertex === `column ${column}`)
    return [{ row, column, sign: against, capacity: capacityOf(against), to: `row ${row}` }]
  if (vertex === `row ${row}`)
    return [{ row, column, sign: direction, capacity: capacityOf(direction), to: `column ${column}` }]
  return []
}
