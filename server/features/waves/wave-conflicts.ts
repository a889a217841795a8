import type { Wave } from '../../domain/survey/wave.js'

/**
 * Waves that would be open together with a new one for the same unit, service, respondent type and mode.
 *
 * A response belongs to exactly one wave, found from just these facts and the day, so that no two may compete.
 */
export function conflictingWaves(wave: Wave, others: readonly Wave[]): readonly Wave[] {
  return others.filter(
    (other) =>
      other.id !== wave.id &&
      other.respondentType === wave.respondentType &&
      other.mode === wave.mode &&
      other.opensOn < wave.closesOn &&
      wave.opensOn < other.closesOn &&
      sharesUnit(wave, other) &&
      sharesService(wave, other),
  )
}

function sharesUnit(a: Wave, b: Wave): boolean {
  const units = new Set(a.unitUids)
  return b.unitUids.some((uid) => units.has(uid))
}

/** An empty list means every service. */
function sharesService(a: Wave, b: Wave): boolean {
  if (a.serviceCodes.length === 0 || b.serviceCodes.length === 0) return true
  return a.serviceCodes.some((code) => b.serviceCodes.includes(code))
}
