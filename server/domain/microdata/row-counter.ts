/** Counts rows by whole numbers below 2^53, over and over for other numbers, without an object for each key as in a `Map`. */
export interface RowCounter {
  /** Forgets everything. */
  clear(): void
  /** Adds rows under a key. @returns the place of the key, good until `clear` */
  add(key: number, rows: number): number
  /** Rows at a place. */
  at(place: number): number
}

const EMPTY = -1
const [LOW, HIGH] = [0x9e3779b1, 0x85ebca6b]

/**
 * Makes a counter by open addressing.
 *
 * @param most different keys at once
 */
export function createRowCounter(most: number): RowCounter {
  const size = 2 ** Math.max(4, Math.ceil(Math.log2(2 * most)))
  const keys = new Float64Array(size).fill(EMPTY)
  const rows = new Uint32Array(size)
  const used = new Uint32Array(most)
  let count = 0
  return {
    clear() {
      for (let i = 0; i < count; i++) {
        keys[used[i]!] = EMPTY
        rows[used[i]!] = 0
      }
      count = 0
    },
    add(key, added) {
      const mixed = Math.imul(key | 0, LOW) ^ Math.imul((key / 2 ** 32) | 0, HIGH)
      let place = (mixed ^ (mixed >>> 15)) & (size - 1)
      while (keys[place] !== EMPTY && keys[place] !== key) place = (place + 1) & (size - 1)
      if (keys[place] === EMPTY) {
        keys[place] = key
        used[count++] = place
      }
      rows[place]! += added
      return place
    },
    at: (place) => rows[place]!,
  }
}
