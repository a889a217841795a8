import { type Estimate, estimateOf } from '../disclosure/estimate.js'
import type { Method } from './method.js'
import type { MethodFigure } from './method-result.js'

/**
 * One figure under the thresholds of its own method.
 *
 * It is looked at by itself: a hidden criterion can still be worked out from a shown factor and the other criteria, so a
 * whole tree or table goes through the disclosure engine as well.
 *
 * @param audience readers inside the administration, or everybody
 * @throws {RangeError} when the figure is another method's
 */
export function protectFigure(
  figure: MethodFigure,
  method: Method,
  audience: keyof Method['disclosure'],
): Estimate<MethodFigure> {
  if (figure.method.id !== method.id || figure.method.version !== method.version) {
    throw new RangeError(`Figure of ${figure.method.id} ${figure.method.version} under ${method.id} ${method.version}`)
  }
  return estimateOf(figure.value === null ? null : figure, method.disclosure[audience])
}
