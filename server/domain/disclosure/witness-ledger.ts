import type { ProtectionProblem, Witness } from './protection-problem.js'

/** The witnesses found so far, and how far each quantity moves in them. */
export interface Ledger {
  /** Adds a witness; `null` for a search that found none. */
  record(witness: Witness | null): void
  /** How far a quantity still has to be brought in a direction; 0 when it has what it needs. */
  missing(key: string, sign: 1 | -1): number
  isSafe(key: string): boolean
  /** Drops the witnesses that move a quantity; gives back what `restore` takes. */
  forget(key: string): readonly Witness[]
  restore(witnesses: readonly Witness[]): void
}

const TOLERANCE = 1e-7

/** An empty ledger of a problem. */
export function createLedger({ quantities, needOf }: ProtectionProblem): Ledger {
  let witnesses: readonly Witness[] = []
  let extents = new Map<string, { down: number; up: number }>()

  const note = (witness: Witness) => {
    for (const [key, move] of witness) {
      const extent = extents.get(key) ?? { down: 0, up: 0 }
      extents.set(key, { down: Math.max(extent.down, -move), up: Math.max(extent.up, move) })
    }
  }
  const restore = (kept: readonly Witness[]) => {
    witnesses = kept
    extents = new Map()
    for (const witness of kept) note(witness)
  }
  const missing = (key: string, sign: 1 | -1): number => {
    const need = quantities.has(key) ? needOf(key) : null
    if (need === null) return 0
    const { down, up } = extents.get(key) ?? { down: 0, up: 0 }
    const [own, other, needed] = sign === 1 ? [up, down, need.up] : [down, up, need.down]
    const distance = Math.max(needed, need.width - other)
    return distance > own + TOLERANCE ? distance : 0
  }
  return {
    record(witness) {
      if (witness === null || witness.size === 0) return
      witnesses = [...witnesses, witness]
      note(witness)
    },
    missing,
    isSafe: (key) => missing(key, 1) === 0 && missing(key, -1) === 0,
    forget(key) {
      const before = witnesses
      restore(witnesses.filter((witness) => !witness.has(key)))
      return before
    },
    restore,
  }
}
