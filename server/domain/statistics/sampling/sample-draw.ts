import { canonicalJson } from '../../questionnaire/canonical.js'
import { createSeededStream, GENERATOR } from '../random/seeded-stream.js'
import { drawSimpleRandom } from './simple-random-draw.js'
import { type DrawnUnit, drawSystematicPps, type SizedUnit } from './systematic-pps.js'

/** Everything that decides a draw: the same plan gives the same units for ever. */
export interface DrawPlan {
  readonly method: 'systematic_pps' | 'simple_random'
  /** Text fixed before the draw, best one nobody could choose (a public lottery number of a named day). */
  readonly seed: string
  readonly count: number
  /** Units in the order they are walked through; sizes are ignored by `simple_random`. */
  readonly frame: readonly SizedUnit[]
}

/** Units drawn by a plan. */
export interface SampleDraw {
  /** In the order of the frame for `systematic_pps`, in the order drawn for `simple_random`. */
  readonly units: readonly DrawnUnit[]
  readonly generator: string
}

/**
 * Draws the sample of a plan.
 *
 * @throws {RangeError} when the seed is empty, or the count or a size is out of range
 * @see Methodology 1.6; the methods' own functions
 * @example drawSample({ method: 'simple_random', seed: 'a', count: 2, frame: [{ id: 'W1', size: 1 }, { id: 'W2', size: 1 }] }).units.length
 *   // 2
 */
export function drawSample({ method, seed, count, frame }: DrawPlan): SampleDraw {
  const stream = createSeededStream(seed)
  if (method === 'systematic_pps') {
    // 1 − u lies above 0 up to 1, as the start must.
    return { units: drawSystematicPps(frame, count, 1 - stream.uniform()).units, generator: GENERATOR }
  }
  const probability = count / frame.length
  const units = drawSimpleRandom(frame, count, stream).map(({ id }) => ({ id, probability }))
  return { units, generator: GENERATOR }
}

/**
 * The one text that stands for a plan; its hash, published before field work, commits the Institute to the draw.
 *
 * Later the text itself is published: anybody can hash it, compare, and draw again. The hash is taken outside the
 * domain. Numbers as ECMAScript prints them, keys in order.
 *
 * @returns canonical JSON (RFC 8785) of method, generator, seed, count and frame
 * @throws {RangeError} when a size is not finite or an id is not well-formed text
 * @see RFC 8785 (canonical JSON); methodology 1.6
 * @example drawCommitment({ method: 'simple_random', seed: 'a', count: 1, frame: [{ id: 'W1', size: 1 }] })
 *   // '{"count":1,"frame":[{"id":"W1","size":1}],"generator":"xoshiro128starstar-fnv1a/1","method":"simple_random","seed":"a"}'
 */
export const drawCommitment = ({ method, seed, count, frame }: DrawPlan): string =>
  canonicalJson({ method, generator: GENERATOR, seed, count, frame: frame.map(({ id, size }) => ({ id, size })) })
