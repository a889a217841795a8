import { compareShares, type SampledShare, type ShareDifference } from './compare-shares.js'
import { holm } from './multiple-tests.js'

/** A result by one mode of collection. */
export interface ModeShare extends SampledShare {
  readonly mode: string
}

/** How far one mode lies from the reference mode. */
export interface ModeGap extends ShareDifference {
  readonly mode: string
  readonly reference: string
  /** Holm's over the modes compared. */
  readonly adjustedP: number
}

/**
 * The gap between each mode of collection and a reference mode, with its interval: modes are shown side by side and
 * never pooled.
 *
 * A gap mixes who answers by a mode with how they answer there; it is no measure of the service.
 *
 * @param reference mode to measure against, as a rule the independent survey
 * @param others each with a mode of its own
 * @returns in the order of `others`; points are other minus reference
 * @throws {RangeError} when a mode occurs twice, a share is outside 0 to 1 or a base is not positive
 * @see Methodology 0.4 (mode is a hard partition) and 4.9; de Leeuw, E. (2005) J. Official Statistics 21, 233-255
 * @example modeGaps({ mode: 'face_to_face', share: 0.74, effectiveBase: 500 }, [{ mode: 'kiosk', share: 0.95, effectiveBase: 900 }])[0].points
 *   // 21
 */
export function modeGaps(reference: ModeShare, others: readonly ModeShare[]): ModeGap[] {
  if (new Set([reference, ...others].map(({ mode }) => mode)).size !== others.length + 1) {
    throw new RangeError('A mode occurs twice')
  }
  const differences = others.map((other) => compareShares(reference, other))
  const adjusted = holm(differences.map(({ p }) => p))
  return others.map(({ mode }, i) => ({
    mode,
    reference: reference.mode,
    ...differences[i]!,
    adjustedP: adjusted[i]!,
  }))
}
