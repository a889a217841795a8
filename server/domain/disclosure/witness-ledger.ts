import type { ProtectionProblem, Witness } from './protection-problem.js'

/** The witnesses found so far, and how far each quantity moves in them. */
export interface Ledger {
  /** Adds a witness; `null` for a search that found none. */
  record(witness: Witness | null): void
  /** How far a quantity still has to be brought in a direction; 0 when it has what it needs. */
  missing(key: string, sign: 1 | -1): number
  isSafe(key: string): boolean
  /** Sets the witnesses that move a quantity aside; gives them back for `restore`. */
  forget(key: string): readonly Witness[]
  restore(witnesses: readonly Witness[]): void
}

const TOLERANCE = 1e-7

/** An empty ledger of a problem. */
export function createLedger({ quantities, needOf }: ProtectionProblem): Ledger {
  const witnessesOf = new Map<string, Witness[]>()
  const aside = new Set<Witness>()
  const extents = new Map<string, { readonly down: number; readonly up: number }>()

  const extentOf = (key: string) => {
    const known = extents.get(key)
    if (known !== undefined) return known
    let down = 0
    let up = 0
    for (const witness of witnessesOf.get(key) ?? []) {
      if (aside.has(witness)) continue
      down = Math.max(down, -witness.get(key)!)
      up = Math.max(up, witness.get(key)!)
    }
    extents.set(key, { down, up })
    return { down, up }
  }
  const forgetExtents = (witness: Witness) => {
    for (const key of witness.keys()) extents.delete(key)
  }
  const missing = (key: string, sign: 1 | -1): number => {
    const need = quantities.has(key) ? needOf(key) : null
    if (need === null) return 0
    const { down, up } = extentOf(key)
    const [own, other, needed] = sign === 1 ? [up, down, need.up] : [down, up, need.down]
    const step = other >= need.step - TOLERANCE ? 0 : need.step
    const distance = Math.max(needed, need.width - other, step)
    return distance > own + TOLERANCE ? distance : 0
  }
  return {
    record(witness) {
      if (witness === null || witness.size === 0) return
      for (const key of witness.keys()) {
        const known = witnessesOf.get(key)
        if (known === undefined) witnessesOf.set(key, [witness])
        else known.push(witness)
      }
      forgetExtents(witness)
    },
    missing,
    isSafe: (key) => missing(key, 1) === 0 && missing(key, -1) === 0,
    forget(key) {
      const moving = (witnessesOf.get(key) ?? []).filter((witness) => !aside.has(witness))
      for (const witness of moving) {
        aside.add(witness)
        forgetExtents(witness)
      }
      return moving
    },
    restore(witnesses) {
      for (const witness of witnesses) {
        aside.delete(witness)
        forgetExtents(witness)
      }
    },
  }
}
