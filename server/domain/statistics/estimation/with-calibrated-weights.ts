import type { CalibrationStep } from './calibration.js'
import type { SampleDesign } from './sample-design.js'

/**
 * The design with fitted weights and a memory of how they were fitted.
 *
 * @throws {RangeError} when it is calibrated already: fit all margins at once instead, so that one residual serves
 * @see Deville and Särndal (1992)
 * @example withCalibratedWeights(createSampleDesign([{ weight: 1 }]), [5], []).weights // [5]
 */
export function withCalibratedWeights(
  design: SampleDesign,
  weights: readonly number[],
  steps: readonly CalibrationStep[],
): SampleDesign {
  if (design.calibration) throw new RangeError('A design is calibrated once; rake to all margins together')
  return { ...design, weights, calibration: { designWeights: design.weights, steps } }
}
