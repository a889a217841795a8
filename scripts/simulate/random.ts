/**
 * Draws for the simulation on the repeatable stream of the domain.
 *
 * A text names each stream ("seed/wave/unit/7"), so that adding responses for one unit changes nothing for another.
 */
import { createSeededStream, type SeededStream } from '../../server/domain/statistics/random/seeded-stream.js'

/** A stream of random draws. */
export interface Random extends SeededStream {
  /** True with the given probability; at or below 0 never, at or above 1 always. */
  chance(probability: number): boolean
  /** Standard normal. */
  normal(): number
  /** One of the values, each as likely as its weight says; weights are positive, of any scale. */
  weighted<T>(values: readonly (readonly [value: T, weight: number])[]): T
  /** One of the values; the list must not be empty. */
  pick<T>(values: readonly T[]): T
}

/** A class, since streams are made by the thousand and a closure per draw would cost more than the drawing. */
class Stream implements Random {
  readonly #stream: SeededStream

  constructor(name: string) {
    this.#stream = createSeededStream(name)
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

/** The stream of a name; the same name gives the same draws on every machine. */
export const createRandom = (name: string): Random => new Stream(name)
