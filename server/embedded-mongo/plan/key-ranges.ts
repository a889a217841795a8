import type { Bound } from '../query/bounds.js'
import type { Index } from '../storage/catalogue.js'
import { numbered } from '../storage/keys.js'
import type { KeyRange } from '../storage/range-scan.js'
import { bracketPrefix, encodeKey, isExactKey, keyPrefixEnd } from '../values/key.js'

/** What of an index its key ranges are built from; the `_id` order of the documents themselves has it too. */
export type KeyShape = Pick<Index, 'id' | 'fields' | 'directions' | 'multikey' | 'truncated'>

const after = (prefix: Buffer): Buffer => Buffer.from(keyPrefixEnd(prefix))

/** All keys with these values in the first fields. */
export function equalRange(shape: KeyShape, values: readonly unknown[]): KeyRange {
  const start = numbered(shape.id, encodeKey(values, shape.directions))
  return { start, end: after(start) }
}

const isLow = ({ op }: Bound) => op === 'gt' || op === 'gte'
const isHigh = ({ op }: Bound) => op === 'lt' || op === 'lte'

/**
 * The keys with `values` in the first fields and the next one within bounds; undefined when no bound serves.
 * Bounds too long for a key are left out. Of a multikey index only one side serves: the other may be met by another
 * element of the array.
 */
export function boundRanges(
  shape: KeyShape,
  values: readonly unknown[],
  bounds: readonly Bound[],
): KeyRange[] | undefined {
  const usable = bounds.filter(({ value }) => isExactKey([...values, value], shape.directions))
  const low = usable.find(isLow)
  const high = usable.find((bound) => isHigh(bound) && (!low || isSameBracket(low, bound)))
  return low || high ? [rangeBetween(shape, values, low, shape.multikey && low ? undefined : high)] : undefined
}

const isSameBracket = (a: Bound, b: Bound) => bracketPrefix(a.value, 1)[0] === bracketPrefix(b.value, 1)[0]

function rangeBetween(shape: KeyShape, values: readonly unknown[], low?: Bound, high?: Bound): KeyRange {
  const direction = shape.directions[values.length]!
  const stem = numbered(shape.id, encodeKey(values, shape.directions))
  const bracket = Buffer.concat([stem, bracketPrefix((low ?? high)!.value, direction)])
  const keyOf = ({ value }: Bound) => numbered(shape.id, encodeKey([...values, value], shape.directions))
  const [first, last] = direction === 1 ? [low, high] : [high, low]
  const start = first ? (isOpen(first) ? after(keyOf(first)) : keyOf(first)) : bracket
  const end = last ? (isOpen(last) ? keyOf(last) : after(keyOf(last))) : after(bracket)
  return { start, end }
}

const isOpen = ({ op }: Bound) => op === 'gt' || op === 'lt'
