import type { Bytes } from './catalogue.js'
import type { KeyRange } from './keys.js'
import type { Store } from './store.js'

const FIRST_PIECE = 16
const LARGEST_PIECE = 512

/** An entry of a database. */
export interface Entry {
  readonly key: Buffer
  readonly value: Buffer
}

/**
 * Walks key ranges one after the other. Entries are read in growing pieces, so nothing is open between two of them and
 * an idle cursor pins no old pages; what was read ahead is read again when a write came in between.
 */
export function* entriesIn(
  store: Store,
  database: Bytes,
  ranges: readonly KeyRange[],
  isReverse = false,
): Generator<Entry> {
  for (const range of isReverse ? [...ranges].reverse() : ranges) yield* entriesOf(store, database, range, isReverse)
}

function* entriesOf(store: Store, database: Bytes, { start, end }: KeyRange, isReverse: boolean): Generator<Entry> {
  let last: Buffer | undefined
  for (let limit = FIRST_PIECE, isMore = true; isMore; limit = Math.min(2 * limit, LARGEST_PIECE)) {
    const options = isReverse
      ? { start: last ?? end, end: start, reverse: true, exclusiveStart: true, inclusiveEnd: true }
      : { start: last ?? start, end, exclusiveStart: last !== undefined }
    const { commits } = store
    const piece = [...database.getRange({ ...options, limit, snapshot: false })]
    for (let i = 0; i < piece.length && store.commits === commits; i++) {
      last = piece[i]!.key
      yield piece[i]!
    }
    isMore = piece.length === limit || store.commits !== commits
  }
}

/** Looks whole keys up one by one, which is several times faster than a walk. */
export function* entriesAt(database: Bytes, ranges: readonly KeyRange[]): Generator<Entry> {
  for (const { start: key } of ranges) {
    const value = database.getBinary(key)
    if (value) yield { key, value }
  }
}
