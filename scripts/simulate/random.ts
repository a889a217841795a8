/**
 * Draws for the simulation on the repeatable generator of the domain.
 *
 * A text names each stream ("seed/wave/unit/7"), so that adding responses for one unit changes nothing for another. Names are
 * hashed to 128 bits: with the 32 of the domain's own seeds, some thousand of five million cases would be born twice.
 */
import { type SeededStream, streamFrom } from '../../server/domain/statistics/random/seeded-stream.js'

/** A stream of random draws. */
export interface Random extends SeededStream {
  /** True with the given probability; at or below 0 never, at or above 1 always. */
  chance(probability: number): boolean
  /** Standard normal. */
  normal(): number
  /** Poisson with the given mean; 0 for a mean of 0. */
  poisson(mean: number): number
  /** One of the values, each as likely as its weight says; weights are positive, of any scale. */
  weighted<T>(values: readonly (readonly [value: T, weight: number])[]): T
  /** One of the values; the list must not be empty. */
  pick<T>(values: readonly T[]): T
}

const rotateLeft = (word: number, bits: number) => (word << bits) | (word >>> (32 - bits))
const finish = (word: number) => {
  const once = Math.imul(word ^ (word >>> 16), 0x85ebca6b)
  const twice = Math.imul(once ^ (once >>> 13), 0xc2b2ae35)
  return twice ^ (twice >>> 16)
}

/** Four lanes over the UTF-16 units, each fed by its neighbour, then finished as MurmurHash3 (Appleby, 2008) does. */
function stateOf(name: string): [number, number, number, number] {
  if (name === '') throw new RangeError('A stream needs a name')
  let a = 0x9e3779b9 ^ name.length
  let b = 0x243f6a88
  let c = 0xb7e15162
  let d = 0x6a09e667
  for (let i = 0; i < name.length; i++) {
    const unit = name.charCodeAt(i)
    a = Math.imul(rotateLeft(a ^ unit, 15) + d, 0xcc9e2d51)
    b = Math.imul(rotateLeft(b + a, 17) ^ unit, 0x1b873593)
    c = Math.imul(rotateLeft(c ^ b, 19) + unit, 0x38b34ae5)
    d = Math.imul(rotateLeft(d + c, 13) ^ unit, 0xa1e38b93)
  }
  a = finish(a + b)
  b = finish(b + c + a)
  c = finish(c + d + b)
  d = finish(d + a + c)
  return [a, b, c, d | 1]
}

/** A class, since streams are made by the thousand and a closure per draw would cost more than the drawing. */
class Stream implements Random {
  readonly #stream: SeededStream

  constructor(name: string) {
    this.#stream = streamFrom(stateOf(name))
  }

  uniform(): number {
    return this.#stream.uniform()
  }

  below(limit: number): number {
    return this.#stream.below(limit)
  }

  chance(probability: number): boolean {
    return this.uniform() < probability
  }

  /** Box and Muller (1958); one minus the draw keeps the logarithm finite. */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.uniform())) * Math.cos(2 * Math.PI * this.uniform())
  }

  /** Knuth's product of uniforms where the mean is small; from 30 on a rounded normal, whose error is far below the draw's. */
  poisson(mean: number): number {
    if (mean >= 30) return Math.max(0, Math.round(mean + Math.sqrt(mean) * this.normal()))
    const limit = Math.exp(-mean)
    let count = 0
    for (let product = this.uniform(); product > limit; product *= this.uniform()) count += 1
    return count
  }

  weighted<T>(values: readonly (readonly [value: T, weight: number])[]): T {
    let total = 0
    for (const [, weight] of values) total += weight
    let left = this.uniform() * total
    for (const [value, weight] of values) {
      left -= weight
      if (left < 0) return value
    }
    const last = values.at(-1)
    if (last === undefined) throw new RangeError('Nothing to choose from')
    return last[0]
  }

  pick<T>(values: readonly T[]): T {
    if (values.length === 0) throw new RangeError('Nothing to choose from')
    return values[this.below(values.length)] as T
  }
}

/**
 * Chooses by weight among many values again and again, faster than `weighted`.
 *
 * @param values weights are 0 or more, at least one of them above 0
 */
export function createChooser<T>(values: readonly (readonly [value: T, weight: number])[]): (random: Random) => T {
  const upTo = new Float64Array(values.length)
  let total = 0
  for (const [i, [, weight]] of values.entries()) {
    total += weight
    upTo[i] = total
  }
  if (!(total > 0)) throw new RangeError('Nothing to choose from')
  return (random) => {
    const wanted = random.uniform() * total
    let low = 0
    let high = values.length - 1
    while (low < high) {
      const middle = (low + high) >>> 1
      if (upTo[middle]! > wanted) high = middle
      else low = middle + 1
    }
    return values[low]![0]
  }
}

/** The stream of a name; the same name gives the same draws on every machine. */
export const createRandom = (name: string): Random => new Stream(name)
