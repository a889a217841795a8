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
}

/** How far a hidden quantity must be able to be from its true value while everything shown stays as it is. */
export interface Need {
  readonly down: number
  readonly up: number
  /** Down and up together. */
  readonly width: number
}

/** Quantities, what ties them, and what hidden ones need. */
export interface ProtectionProblem {
  readonly quantities: ReadonlyMap<string, Quantity>
  readonly equationsOf: ReadonlyMap<string, readonly Equation[]>
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
  const equationsOf = new Map<string, Equation[]>()
  for (const { terms } of equations) {
    const equation = { terms: terms.filter(({ key }) => byKey.has(key)) }
    for (const { key } of equation.terms) {
      const known = equationsOf.get(key)
      if (known === undefined) equationsOf.set(key, [equation])
      else known.push(equation)
    }
  }
  return { quantities: byKey, equationsOf, ...rest }
}

const ROUNDING = 1e-7

/**
 * Proves that moves are possible: each within its room, every equation kept, whole numbers where they must be.
 *
 * Whatever found the moves need not be trusted then.
 *
 * @returns the moves without rounding errors, or `null` when they are not possible
 */
export function witnessOf(problem: ProtectionProblem, moves: ReadonlyMap<string, number>): Witness | null {
  const { quantities, equationsOf, isWhole } = problem
  const witness = new Map<string, number>()
  for (const [key, found] of moves) {
    const move = isWhole ? Math.round(found) : found
    const { down, up } = quantities.get(key)!
    if (Math.abs(move - found) > 1e-6 || move < -down - ROUNDING || move > up + ROUNDING) return null
    if (Math.abs(move) > 1e-9) witness.set(key, move)
  }
  const touched = new Set([...witness.keys()].flatMap((key) => equationsOf.get(key) ?? []))
  return [...touched].every((equation) => holds(equation, witness, isWhole)) ? witness : null
}

function holds({ terms }: Equation, witness: Witness, isWhole: boolean): boolean {
  let sum = 0
  let size = 1
  for (const { key, coefficient } of terms) {
    const part = coefficient * (witness.get(key) ?? 0)
    sum += part
    size += Math.abs(part)
  }
  return Math.abs(sum) <= (isWhole ? 0 : ROUNDING * size)
}
