import type { Wave } from '../survey/wave.js'

/**
 * The wave before one: the last to open earlier among those that ask the same kind of respondent in the same mode.
 *
 * Simulated waves follow simulated ones alone. Whether the two may be compared is another question (`waveJoin`).
 */
export function previousWave(wave: Wave, all: readonly Wave[]): Wave | undefined {
  return all
    .filter(
      (other) =>
        other.opensOn < wave.opensOn &&
        other.mode === wave.mode &&
        other.respondentType === wave.respondentType &&
        other.isSimulated === wave.isSimulated,
    )
    .toSorted((a, b) => (a.opensOn === b.opensOn ? (a.id < b.id ? -1 : 1) : a.opensOn < b.opensOn ? 1 : -1))[0]
}
