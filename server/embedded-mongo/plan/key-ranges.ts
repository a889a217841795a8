import type { Condition } from '../query/filter.js'
import { type KeyRange, numbered, rangeOf } from '../storage/keys.js'
import { bracketPrefix, type Direction, encodeKey, keyPrefixEnd } from '../values/key.js'
import { typeOf } from '../values/types.js'

/** What of an index its key ranges are built from; the `_id` order of the documents themselves has it too. */
export interface KeyShape {
  readonly id: number
  readonly fields: readonly string[]
  readonly directions: readonly Direction[]
  readonly isLoose: boolean
}

const keyOf = ({ id, directions }: KeyShape, values: readonly unknown[]) => numbered(id, encodeKey(values, directions))

/** All keys with these values in the first fields. */
export const equalRange = (shape: KeyShape, values: readonly unknown[]): KeyRange => rangeOf(keyOf(shape, values))

/**
 * The keys with `values` in the first fields and the next one within bounds of one type; undefined when no bound serves.
 * Of a multikey index only one side serves: the other may be met by another element of the array.
 */
export function boundRange(
  shape: KeyShape,
  values: readonly unknown[],
  bounds: readonly Condition[],
): KeyRange | undefined {
  const low = bounds.find(({ op }) => op === 'gt' || op === 'gte')
  const isServed = ({ op, value }: Condition) =>
    (op === 'lt' || op === 'lte') && (!low || (typeOf(low.value).rank === typeOf(value).rank && !shape.isLoose))
  const high = bounds.find(isServed)
  const one = low ?? high
  if (!one) return undefined
  const direction = shape.directions[values.length]!
  const bracket = rangeOf(Buffer.concat([keyOf(shape, values), bracketPrefix(one.value, direction)]))
  const keyAt = ({ value }: Condition) => keyOf(shape, [...values, value])
  const [first, last] = direction === 1 ? [low, high] : [high, low]
  const isOpen = ({ op }: Condition) => op === 'gt' || op === 'lt'
  const start = first && (isOpen(first) ? keyPrefixEnd(keyAt(first)) : keyAt(first))
  const end = last && (isOpen(last) ? keyAt(last) : keyPrefixEnd(keyAt(last)))
  return { start: start ?? bracket.start, end: end ?? bracket.end }
}
