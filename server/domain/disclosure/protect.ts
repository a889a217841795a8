/**
 * Choosing what else to hide, with a proof for each hidden quantity.
 *
 * Safe is a hidden quantity when there are tables that a reader cannot tell from the true one, in which it is as far away as
 * it needs: such a table, a witness, is the proof, and it is checked by itself. Linear programming finds witnesses and the
 * cheapest cover where there are none; what it cannot find within its reach is hidden although it may have been safe.
 */
import { finish, type Steps } from '../steps.js'
import { type Aim, findCover, findWitness, regionsOf, type Search } from './find-witness.js'
import { partnerOrder } from './partner-order.js'
import type { ProtectionProblem } from './protection-problem.js'
import { createLedger, type Ledger } from './witness-ledger.js'

/** What is hidden besides, and whether it is enough. */
export interface Protection {
  /** Keys hidden to protect others, in the order found; deterministic. */
  readonly complementary: readonly string[]
  /** Hidden quantities that stay exposed with everything hidden that could be: their table must not be shown. */
  readonly exposed: readonly string[]
}

/**
 * Hides further quantities until every hidden one is as uncertain as it needs to be.
 *
 * @param primary keys hidden already
 */
export const protect = (problem: ProtectionProblem, primary: ReadonlySet<string>): Protection =>
  finish(protectInSteps(problem, primary))

/** The same, one step for each quantity looked at. */
export function* protectInSteps(problem: ProtectionProblem, primary: ReadonlySet<string>): Steps<Protection> {
  const hidden = new Set(primary)
  const search: Search = { problem, hidden, partnersIn: partnerOrder(problem, primary) }
  const ledger = createLedger(problem)
  const exposed: string[] = []
  for (const key of hidden) {
    if (!problem.quantities.has(key)) continue
    yield
    while (!prove(search, ledger, key)) {
      const cover = coverOf(search, ledger, key)
      if (cover.length === 0) {
        exposed.push(key)
        break
      }
      for (const one of cover) hidden.add(one)
    }
  }
  // What is shown again may leave what was hidden for its sake superfluous.
  if (exposed.length === 0) while (yield* showSuperfluous(search, primary, hidden, ledger));
  return { complementary: [...hidden].filter((key) => !primary.has(key)), exposed }
}

/** Searches witnesses until a quantity has what it needs; false when they are not found. */
function prove(search: Search, ledger: Ledger, key: string): boolean {
  if (ledger.isSafe(key)) return true
  for (const region of regionsOf(search, key, (one) => search.hidden.has(one))) {
    for (const sign of [-1, 1] as const) {
      const distance = ledger.missing(key, sign)
      if (distance > 0) ledger.record(findWitness(search, region, { key, sign, distance }))
    }
    if (ledger.isSafe(key)) return true
  }
  return false
}

/** What to hide next for an exposed quantity: the cheapest cover, parts before totals; else the nearest cheap quantity. */
function coverOf(search: Search, ledger: Ledger, key: string): readonly string[] {
  const { hidden } = search
  const { quantities } = search.problem
  const aims = ([1, -1] as const)
    .map((sign): Aim => ({ key, sign, distance: ledger.missing(key, sign) }))
    .filter(({ distance }) => distance > 0)
  const levelOf = (one: string) => quantities.get(one)!.level
  const highest = Math.max(...[...quantities.values()].map(({ level }) => level))
  for (let level = 0; level <= highest; level += 1) {
    const isUsable = (one: string) => hidden.has(one) || levelOf(one) <= level
    for (const region of regionsOf(search, key, isUsable)) {
      for (const aim of aims) {
        const cover = findCover(search, region, aim)
        if (cover !== null && cover.length > 0) return cover
      }
    }
  }
  const near = [...regionsOf(search, key, () => true)].at(-1) ?? []
  return near
    .filter((one) => !hidden.has(one))
    .sort((a, b) => levelOf(a) - levelOf(b) || quantities.get(a)!.cost - quantities.get(b)!.cost)
    .slice(0, 1)
}

/** Shows again what the others can do without, dearest first; false when that is nothing. */
function* showSuperfluous(
  search: Search,
  primary: ReadonlySet<string>,
  hidden: Set<string>,
  ledger: Ledger,
): Steps<boolean> {
  const costOf = (key: string) => search.problem.quantities.get(key)!.cost
  const candidates = [...hidden]
    .filter((key) => !primary.has(key))
    .sort((a, b) => costOf(b) - costOf(a) || (a < b ? -1 : 1))
  const before = hidden.size
  for (const key of candidates) {
    yield
    hidden.delete(key)
    const witnesses = ledger.forget(key)
    const touched = new Set(witnesses.flatMap((witness) => [...witness.keys()]))
    touched.delete(key)
    const isStillSafe = [...touched].every((other) => prove(search, ledger, other))
    if (isStillSafe) continue
    hidden.add(key)
    ledger.restore(witnesses)
  }
  return hidden.size < before
}
