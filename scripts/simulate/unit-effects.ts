import type { UnitRegistry } from '../../server/domain/units/unit.js'
import { createRandom } from './random.js'
import type { SimulationSettings } from './settings.js'

/** How units differ, in latent standard deviations. */
export interface UnitEffects {
  /** How a unit does overall. */
  ofUnit(uid: string): number
  /** How it does on one factor besides; `-` for items of none. */
  ofFactor(uid: string, factor: string): number
  /** How it does in one year besides. */
  ofYear(uid: string, year: string): number
}

/**
 * Effects of units, drawn from the seed when first asked for.
 *
 * A unit that was made from others takes after them: ρ·(their mean) + √(1 − ρ²)·(a draw of its own), so that series told on
 * the later map go on. One that takes others in and keeps its uid stays as it was.
 */
export function createUnitEffects(
  seed: string,
  { spread, inherited }: Pick<SimulationSettings, 'spread' | 'inherited'>,
  registry: Pick<UnitRegistry, 'byUid' | 'predecessorsOf'>,
): UnitEffects {
  const known = new Map<string, number>()

  function standard(uid: string, kind: string): number {
    const key = `${seed}/unit/${uid}${kind}`
    const before = known.get(key)
    if (before !== undefined) return before
    const own = createRandom(key).normal()
    const bornOn = registry.byUid(uid)?.validFrom ?? null
    const parents = bornOn === null ? [] : registry.predecessorsOf(uid).filter(({ on }) => on === bornOn)
    const mean = parents.reduce((sum, { unit }) => sum + standard(unit.uid, kind), 0) / parents.length
    const value = parents.length === 0 ? own : inherited * mean + Math.sqrt(1 - inherited ** 2) * own
    known.set(key, value)
    return value
  }

  function ofYear(uid: string, year: string): number {
    const key = `${seed}/unit/${uid}/year/${year}`
    const value = known.get(key) ?? createRandom(key).normal()
    known.set(key, value)
    return spread.unitYear * value
  }

  return {
    ofUnit: (uid) => spread.unit * standard(uid, ''),
    ofFactor: (uid, factor) => spread.unitFactor * standard(uid, `/${factor}`),
    ofYear,
  }
}
