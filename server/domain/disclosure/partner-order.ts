import { remembered } from '../remembered.js'
import type { Equation, ProtectionProblem } from './protection-problem.js'

/**
 * In which order the quantities of an equation are tried as partners of another one in it.
 *
 * First those hidden at the start: the fewer equations hold them fast the better, then those with most room. After them the
 * others, the cheapest first. Counted once for each equation, since it only guides searches.
 *
 * @param primary keys hidden at the start
 */
export function partnerOrder(
  { quantities, membershipsOf }: ProtectionProblem,
  primary: ReadonlySet<string>,
): (equation: Equation) => readonly string[] {
  const isBinding = remembered(({ defines, terms }: Equation) =>
    defines === undefined ? terms.some(({ key }) => !primary.has(key)) : !primary.has(defines),
  )
  const bindings = remembered((key: string) => membershipsOf(key).filter(({ equation }) => isBinding(equation)).length)
  const rank = remembered((key: string): readonly [number, number] => {
    const { down, up, cost } = quantities.get(key)!
    return primary.has(key) ? [bindings(key), -(down + up)] : [Number.POSITIVE_INFINITY, cost]
  })
  const compare = (a: string, b: string) => {
    const [[heldA, roomA], [heldB, roomB]] = [rank(a), rank(b)]
    if (heldA !== heldB) return heldA < heldB ? -1 : 1
    if (roomA !== roomB) return roomA < roomB ? -1 : 1
    return a < b ? -1 : 1
  }
  return remembered(({ terms }: Equation) => terms.map(({ key }) => key).sort(compare))
}
