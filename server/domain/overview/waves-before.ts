import type { Wave } from '../survey/wave.js'

/**
 * The waves that one is compared with, the latest first: the last earlier one for the city, and for each unit the last earlier one
 * that asked about it, which may be an older one.
 *
 * All ask the same kind of respondent in the same mode; simulated waves follow simulated ones alone. Whether they may be compared is
 * another question (`waveJoin`).
 */
export function wavesBefore(wave: Wave, all: readonly Wave[]): readonly Wave[] {
  const earlier = all
    .filter(
      (other) =>
        other.opensOn < wave.opensOn &&
        other.mode === wave.mode &&
        other.respondentType === wave.respondentType &&
        other.isSimulated === wave.isSimulated,
    )
    .toSorted((a, b) => (a.opensOn === b.opensOn ? (a.id < b.id ? -1 : 1) : a.opensOn < b.opensOn ? 1 : -1))
  const unfound = new Set(wave.unitUids)
  return earlier.filter(({ unitUids }, i) => {
    const found = unitUids.filter((uid) => unfound.delete(uid))
    return i === 0 || found.length > 0
  })
}
