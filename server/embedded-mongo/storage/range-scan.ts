import type { Bytes } from './catalogue.js'

/** Keys from `start` up to but without `end`. */
export interface KeyRange {
  readonly start: Buffer
  readonly end: Buffer
}

/** An entry of a database. */
export interface Entry {
  readonly key: Buffer
  readonly value: Buffer
}

/**
 * Walks key ranges one after the other. Between commands it is paused and holds nothing open, so an idle cursor pins
 * no old pages; it goes on after the last key it gave.
 */
export class RangeScan {
  private readonly ranges: KeyRange[]
  private iterator: Iterator<Entry> | undefined
  private last: Buffer | undefined

  constructor(
    private readonly database: Bytes,
    ranges: readonly KeyRange[],
    private readonly isReverse: boolean,
  ) {
    this.ranges = isReverse ? [...ranges].reverse() : [...ranges]
  }

  next(): Entry | undefined {
    for (let range = this.ranges[0]; range; range = this.ranges[0]) {
      this.iterator ??= this.open(range)
      const { done, value } = this.iterator.next()
      if (!done) {
        this.last = value.key
        return value
      }
      this.ranges.shift()
      this.iterator = undefined
      this.last = undefined
    }
    return undefined
  }

  /** Lets go of the database until the next call of `next`. */
  pause(): void {
    this.iterator?.return?.()
    this.iterator = undefined
  }

  private open({ start, end }: KeyRange): Iterator<Entry> {
    const isAfter = this.last !== undefined
    const options = this.isReverse
      ? { start: this.last ?? end, end: start, reverse: true, exclusiveStart: true, inclusiveEnd: true }
      : { start: this.last ?? start, end, exclusiveStart: isAfter }
    return this.database.getRange({ ...options, snapshot: false })[Symbol.iterator]()
  }
}

/** Looks keys up one by one: for whole keys this is several times faster than a walk. */
export class PointScan {
  private at = 0

  constructor(
    private readonly database: Bytes,
    private readonly keys: readonly Buffer[],
  ) {}

  next(): Entry | undefined {
    while (this.at < this.keys.length) {
      const key = this.keys[this.at++]!
      const value = this.database.getBinary(key)
      if (value) return { key, value }
    }
    return undefined
  }

  pause(): void {}
}
