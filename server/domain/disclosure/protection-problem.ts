/** A number of a table that may be hidden. */
export interface Quantity {
  readonly key: string
  /** How far below its true value it could be, for all that a reader knows besides the equations; 0 or more. */
  readonly down: number
  /** How far above; may be infinite. */
  readonly up: number
  /** What hiding it loses, in respondents. */
  readonly cost: number
  /** 0 for a part, one more than its highest part for a total. Higher ones are hidden only where nothing below helps. */
  readonly level: number
}

/** Between true values and between moves away from them: coefficients times moves add up to 0. */
export interface Equation {
  readonly terms: readonly { readonly key: string; readonly coefficient: number }[]
  /**
   * A quantity that follows from the others of the equation, inside its room whatever they are: while it is hidden the equation
   * binds nobody.
   */
  readonly defines?: string
}

/** An equation that a quantity stands in. */
export interface Membership {
  readonly equation: Equation
  readonly coefficient: number
}

/** How far a hidden quantity must be able to be from its true value while everything shown stays as it is. */
export interface Need {
  readonly down: number
  readonly up: number
  /** Down and up together. */
  readonly width: number
  /** In one direction at least. */
  readonly step: number
}

export const NO_NEED: Need = { down: 0, up: 0, width: 0, step: 0 }

/** Quantities, what ties them, and what hidden ones need. */
export interface ProtectionProblem {
  readonly quantities: ReadonlyMap<string, Quantity>
  /** The equations that each quantity stands in; none for one that stands alone. */
  readonly membershipsOf: (key: string) => readonly Membership[]
  /** Counts: only tables of whole numbers are possible. */
  readonly isWhole: boolean
  /** `null`: hidden, but nobody is harmed when it is worked out. */
  readonly needOf: (key: string) => Need | null
}

/** A table that a reader cannot tell from the true one: by how much each quantity differs, those that do not left out. */
export type Witness = ReadonlyMap<string, number>

/** Joins quantities and equations; terms about unknown keys are passed over, as of what nobody answered. */
export function createProblem(
  quantities: readonly Quantity[],
  equations: readonly Equation[],
  rest: Pick<ProtectionProblem, 'isWhole' | 'needOf'>,
): ProtectionProblem {
  const byKey = new Map(quantities.map((quantity) => [quantity.key, quantity]))
  const memberships = new Map<string, Membership[]>()
  for (const { terms, ...kind } of equations) {
    const equation = { ...kind, terms: terms.filter(({ key }) => byKey.has(key)) }
    for (const { key, coefficient } of equation.terms) {
      const known = memberships.get(key)
      if (known === undefined) memberships.set(key, [{ equation, coefficient }])
      else known.push({ equation, coefficient })
    }
  }
  return { quantities: byKey, membershipsOf: (key) => memberships.get(key) ?? NONE, ...rest }
}

const NONE: readonly Membership[] = []
const ROUNDING = 1e-7

/**
 * Proves that moves are possible: each within its room, every equation kept, whole numbers where they must be.
 *
 * Whatever found the moves need not be trusted then.
 *
 * @returns the moves without rounding errors and with those of hidden quantities that follow from them, or `null` when they
 *   are not possible
 */
export function witnessOf(
  problem: ProtectionProblem,
  hidden: ReadonlySet<string>,
  moves: ReadonlyMap<string, number>,
): Witness | null {
  const { quantities, membershipsOf, isWhole } = problem
  const witness = new Map<string, number>()
  const sums = new Map<Equation, { total: number; size: number }>()
  const add = (key: string, move: number) => {
    witness.set(key, move)
    for (const { equation, coefficient } of membershipsOf(key)) {
      const sum = sums.get(equation) ?? { total: 0, size: 1 }
      sums.set(equation, sum)
      sum.total += coefficient * move
      sum.size += Math.abs(coefficient * move)
    }
  }
  for (const [key, found] of moves) {
    const move = isWhole ? Math.round(found) : found
    const { down, up } = quantities.get(key)!
    if (Math.abs(move - found) > 1e-6 || move < -down - ROUNDING || move > up + ROUNDING) return null
    if (Math.abs(move) > 1e-9) add(key, move)
  }
  for (const [{ defines }, { total }] of [...sums]) {
    if (defines === undefined || !hidden.has(defines) || moves.has(defines) || Math.abs(total) <= 1e-12) continue
    add(defines, -total / membershipsOf(defines).find(({ equation }) => equation.defines === defines)!.coefficient)
  }
  const holds = ({ total, size }: { total: number; size: number }) => Math.abs(total) <= (isWhole ? 0 : ROUNDING * size)
  return [...sums.values()].every(holds) ? witness : null
}
