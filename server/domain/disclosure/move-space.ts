/** A linear equation between moves: the sum of coefficient times move over the columns is 0. */
export type MoveRow = ReadonlyMap<number, number>

/**
 * All the ways in which unknown quantities can move together while equations between them hold, each within its room.
 *
 * Every column begins unmoved, which is always possible; so no starting point has to be searched for.
 */
export interface MoveSpace {
  /** The moves now, by column. */
  readonly values: Float64Array
  /** Narrows or widens the room of a column; its move now must lie inside. */
  setRoom(column: number, low: number, high: number): void
  /**
   * Moves on to where the sum of weight times move is greatest.
   *
   * Simplex method with bounded variables on a dense tableau; columns out of the basis may rest between their bounds. After
   * many steps without gain Bland's rule takes over, which cannot cycle. What it ends with is possible up to rounding
   * errors; callers that prove something check the equations themselves.
   */
  maximise(weights: ReadonlyMap<number, number>): void
}

/** Below this a number is a rounding error: entries are coefficients of a report, 0.01 to 10 000. */
const EPSILON = 1e-9
/** Smaller entries are no pivots: dividing by them would blow rounding errors up. */
const MIN_PIVOT = 1e-7
/** Steps by the steepest gain; then Bland's rule. */
const STEEP_STEPS = 300
/** Never reached in a test; ends a run that rounding errors keep alive. What is reached by then is still possible. */
const MAX_STEPS = 5000

interface State {
  readonly width: number
  readonly lows: Float64Array
  readonly highs: Float64Array
  readonly values: Float64Array
  /** Reduced rows; row r has 1 at `basis[r]` and 0 there in all others. */
  readonly tableau: Float64Array[]
  readonly basis: number[]
}

/**
 * Makes the space.
 *
 * @param lows how far each column may fall, 0 or less
 * @param highs how far each may rise, 0 or more; may be infinite
 * @see Chvátal, V. (1983) "Linear Programming", chapter 8 (bounded variables) and 3 (Bland's rule)
 */
export function createMoveSpace(
  rows: readonly MoveRow[],
  lows: readonly number[],
  highs: readonly number[],
): MoveSpace {
  const width = lows.length
  const state: State = {
    width,
    lows: Float64Array.from(lows),
    highs: Float64Array.from(highs),
    values: new Float64Array(width),
    tableau: [],
    basis: [],
  }
  for (const row of rows) addRow(state, row)
  return {
    values: state.values,
    setRoom(column, low, high) {
      state.lows[column] = low
      state.highs[column] = high
    },
    maximise(weights) {
      for (let steps = 0; steps < MAX_STEPS; steps += 1) {
        const entering = enteringColumn(state, reducedWeights(state, weights), steps > STEEP_STEPS)
        if (entering === null || !step(state, entering, steps > STEEP_STEPS)) return
      }
    },
  }
}

/** Reduces a new equation by those there are; one that follows from them adds nothing. */
function addRow(state: State, row: MoveRow): void {
  const { width, tableau, basis } = state
  const dense = new Float64Array(width)
  for (const [column, coefficient] of row) dense[column]! += coefficient
  tableau.forEach((known, r) => {
    addMultiple(dense, known, -dense[basis[r]!]!)
  })
  let pivot = 0
  for (let j = 1; j < width; j += 1) if (Math.abs(dense[j]!) > Math.abs(dense[pivot]!)) pivot = j
  if (Math.abs(dense[pivot] ?? 0) < MIN_PIVOT) return
  scale(dense, 1 / dense[pivot]!)
  for (const known of tableau) addMultiple(known, dense, -known[pivot]!)
  tableau.push(dense)
  basis.push(pivot)
}

function reducedWeights({ width, tableau, basis }: State, weights: ReadonlyMap<number, number>): Float64Array {
  const reduced = new Float64Array(width)
  for (const [column, weight] of weights) reduced[column]! += weight
  tableau.forEach((row, r) => {
    addMultiple(reduced, row, -(weights.get(basis[r]!) ?? 0))
  })
  for (const column of basis) reduced[column] = 0
  return reduced
}

interface Entering {
  readonly column: number
  readonly sign: 1 | -1
}

function enteringColumn({ lows, highs, values }: State, reduced: Float64Array, isBland: boolean): Entering | null {
  let best: Entering | null = null
  let gain = EPSILON
  for (let column = 0; column < reduced.length; column += 1) {
    const weight = reduced[column]!
    if (Math.abs(weight) <= gain) continue
    const sign = weight > 0 ? 1 : -1
    const room = sign === 1 ? highs[column]! - values[column]! : values[column]! - lows[column]!
    if (room <= EPSILON) continue
    best = { column, sign }
    if (isBland) return best
    gain = Math.abs(weight)
  }
  return best
}

/** Moves the entering column as far as all allow; false when nothing ends the move. */
function step(state: State, { column, sign }: Entering, isBland: boolean): boolean {
  const { lows, highs, values, tableau, basis } = state
  let length = sign === 1 ? highs[column]! - values[column]! : values[column]! - lows[column]!
  let leaving = -1
  tableau.forEach((row, r) => {
    const rate = -row[column]! * sign
    if (Math.abs(rate) < MIN_PIVOT) return
    const basic = basis[r]!
    const room = rate > 0 ? highs[basic]! - values[basic]! : values[basic]! - lows[basic]!
    const limit = Math.max(0, room) / Math.abs(rate)
    const isTie = Math.abs(limit - length) <= EPSILON && leaving >= 0
    const isBetter =
      isTie && (isBland ? basic < basis[leaving]! : Math.abs(rate) > Math.abs(tableau[leaving]![column]!))
    if (isBetter || (!isTie && limit < length)) {
      length = Math.min(length, limit)
      leaving = r
    }
  })
  if (length === Number.POSITIVE_INFINITY) return false
  values[column]! += sign * length
  tableau.forEach((row, r) => {
    values[basis[r]!]! -= row[column]! * sign * length
  })
  if (leaving >= 0) pivot(state, leaving, column)
  return true
}

function pivot({ tableau, basis }: State, r: number, column: number): void {
  const row = tableau[r]!
  scale(row, 1 / row[column]!)
  tableau.forEach((other, i) => {
    if (i !== r) addMultiple(other, row, -other[column]!)
  })
  basis[r] = column
}

function scale(row: Float64Array, factor: number): void {
  for (let j = 0; j < row.length; j += 1) row[j]! *= factor
}

function addMultiple(row: Float64Array, other: Float64Array, factor: number): void {
  if (factor === 0) return
  for (let j = 0; j < row.length; j += 1) row[j]! += factor * other[j]!
}
