import type { Margin } from './margin.js'
import { type RakeOptions, type Raking, rakeWeights } from './rake-weights.js'
import type { SampleDesign } from './sample-design.js'
import { withCalibratedWeights } from './with-calibrated-weights.js'

/** A raked design, or why there is none. */
export type DesignRaking =
  | {
      readonly kind: 'raked'
      readonly design: SampleDesign
      readonly cycles: number
      readonly trimmed: number
    }
  | Exclude<Raking, { readonly kind: 'raked' }>

/**
 * A design with weights raked to margins; its variances are those of the raked estimator.
 *
 * Trimming is treated as part of the fitting: its own variance is not added.
 *
 * @param design one that is not calibrated yet
 * @throws {RangeError} when the design is calibrated already, there is no margin, or a total is not positive
 * @see Deville, J.-C., Särndal, C.-E., Sautory, O. (1993) "Generalized raking procedures", JASA 88, 1013-1020
 * @example rake(createSampleDesign([{ weight: 1 }, { weight: 1 }]), [{ name: 'sex', groupOf: ['f', 'm'], totals: new Map([['f', 30], ['m', 70]]) }]).design.weights
 *   // [30, 70]
 */
export function rake(design: SampleDesign, margins: readonly Margin[], options: RakeOptions = {}): DesignRaking {
  const raking = rakeWeights(design.weights, margins, options)
  if (raking.kind !== 'raked') return raking
  const { cycles, trimmed } = raking
  return { kind: 'raked', design: withCalibratedWeights(design, raking.weights, raking.steps), cycles, trimmed }
}
