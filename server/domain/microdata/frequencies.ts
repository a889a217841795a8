import { type Cell, isMissingCode, type Variable } from './variable.js'

/** How often the values of a variable stand in the rows. */
export interface Frequencies {
  /** By value; those that do not occur are left out. */
  readonly counts: ReadonlyMap<Cell, number>
  /** Rows with a value that is no missing code. */
  readonly valid: number
  /** Rows with a missing code, or without a value. */
  readonly invalid: number
}

/** Counts that may be given, or why not. */
export type ShownFrequencies = Frequencies | 'suppressed'

/** Codes that are counted in an array: all that items have. */
const SMALL = 256

/** Counts the values of a variable; of one without value labels only whether there is a value. */
function counterOf(variable: Variable) {
  const codes = new Uint32Array(SMALL)
  const others = new Map<Cell, number>()
  const isLabelled = variable.values.length > 0
  const count = (value: Cell) => others.set(value, (others.get(value) ?? 0) + 1)
  return {
    add(value: Cell): void {
      if (typeof value === 'number' && isLabelled && value >= 0 && value < SMALL && Number.isInteger(value))
        codes[value]!++
      else count(value === null || isLabelled ? value : '')
    },
    counts: (): ReadonlyMap<Cell, number> =>
      new Map<Cell, number>([...codes.entries()].filter(([, n]) => n > 0).concat([...others] as [number, number][])),
  }
}

/**
 * Counts the values of every variable while rows pass by.
 *
 * Where any value, a missing code or "no value" among them, stands in fewer than `k` rows, no count of the variable is given: the others
 * together with the number of rows would give that one away.
 *
 * @param k fewest respondents behind a count
 */
export function createFrequencies(variables: readonly Variable[], k: number) {
  const counters = variables.map(counterOf)
  return {
    add(row: readonly Cell[]): void {
      for (let i = 0; i < counters.length; i++) counters[i]!.add(row[i] ?? null)
    },
    /** @returns one for each variable, in order */
    shown: (): readonly ShownFrequencies[] =>
      variables.map((variable, i) => {
        const counts = counters[i]!.counts()
        return [...counts.values()].some((n) => n < k) ? 'suppressed' : { counts, ...totalsOf(variable, counts) }
      }),
  }
}

function totalsOf(variable: Variable, counts: ReadonlyMap<Cell, number>) {
  const hasCodes = variable.type === 'numeric' && variable.hasMissingCodes
  let valid = 0
  let invalid = 0
  for (const [value, n] of counts) {
    if (value === null || (hasCodes && typeof value === 'number' && isMissingCode(value))) invalid += n
    else valid += n
  }
  return { valid, invalid }
}
