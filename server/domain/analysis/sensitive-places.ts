import { hideRecoverable, type ProtectedCell, type Relation } from '../disclosure/relations.js'
import type { PlaceCounts } from './wave-frame.js'

/** All services of a place together. */
export const ALL_SERVICES = '*'

/** A place about a service as one text; services `ALL_SERVICES` for all. */
export const placeKey = (uid: string, service: string): string => JSON.stringify([uid, service])

/**
 * Where in a wave the answers to a sensitive item may not be shown.
 *
 * A reader may look at every unit and area, about one service or all, one after the other. So the thresholds hold over all those
 * selections at once, as one table: units and areas over all services, and single services over the whole wave. One service of one
 * unit or area is never shown: it would be about few almost everywhere, and multiply the sums that must not give anything away.
 *
 * A place is hidden where fewer than `minRespondents` gave any one of the answers (nobody included: were nobody
 * shown, hidden would mean somebody), and so are others from which it could be worked out.
 *
 * @param places counts of units; several entries of one unit are its services
 * @param options codes of the valid answers
 * @param areasOf areas that a unit lies in, the smallest first and the whole wave last; without the unit itself
 * @returns whether a place may be shown: a unit, an area or the whole wave, with a service or `ALL_SERVICES`
 * @see methodology 4.10 (differencing guard)
 */
export function showablePlaces(
  places: readonly PlaceCounts[],
  options: readonly number[],
  areasOf: (unitUid: string) => readonly string[],
  minRespondents: number,
): (uid: string, service: string) => boolean {
  const { nodes, relations } = latticeOf(places, areasOf)
  const hidden = new Set<string>()
  const tables = options.map((code) => new Map([...nodes].map(([key, counts]) => [key, counts[code] ?? 0])))
  for (const counts of tables) for (const [key, count] of counts) if (count < minRespondents) hidden.add(key)
  // A place hidden for one answer is hidden whole, which may expose another answer elsewhere: until nothing is added.
  for (let known = -1; known < hidden.size; ) {
    known = hidden.size
    for (const counts of tables) {
      const cells: ProtectedCell[] = [...counts].map(([key, base]) => ({ key, base }))
      for (const key of hideRecoverable(cells, relations, hidden, minRespondents)) hidden.add(key)
    }
  }
  return (uid, service) => nodes.has(placeKey(uid, service)) && !hidden.has(placeKey(uid, service))
}

/** Marks what a unit has of its own where there are units below it too. */
const OWN = '|own'

type Counts = Readonly<Record<string, number>>

function latticeOf(places: readonly PlaceCounts[], areasOf: (unitUid: string) => readonly string[]) {
  const areas = new Map(places.map(({ unitUid }) => [unitUid, areasOf(unitUid)]))
  const isArea = new Set([...areas.values()].flat())
  const nodes = new Map<string, Record<string, number>>()
  const children = new Map<string, Set<string>>()
  for (const { unitUid, service, counts } of places) {
    const own = isArea.has(unitUid) ? [placeKey(unitUid, ALL_SERVICES) + OWN] : []
    const above = [unitUid, ...areas.get(unitUid)!].map((uid) => placeKey(uid, ALL_SERVICES))
    const byService = placeKey(areas.get(unitUid)!.at(-1) ?? unitUid, service)
    for (const key of [...own, ...above, byService]) addCounts(nodes, key, counts)
    for (const [i, key] of [...own, ...above].slice(1).entries()) {
      children.set(key, (children.get(key) ?? new Set()).add([...own, ...above][i]!))
    }
    const all = `${above.at(-1)!}${SERVICES}`
    children.set(all, (children.get(all) ?? new Set()).add(byService))
  }
  const relations: Relation[] = [...children].map(([total, parts]) => ({
    total: total.replace(SERVICES, ''),
    parts: [...parts],
  }))
  return { nodes, relations }
}

/** Marks the second way in which the whole wave adds up: from its services. */
const SERVICES = '|services'

function addCounts(nodes: Map<string, Record<string, number>>, key: string, counts: Counts): void {
  const sum = nodes.get(key) ?? {}
  for (const [code, count] of Object.entries(counts)) sum[code] = (sum[code] ?? 0) + count
  nodes.set(key, sum)
}
