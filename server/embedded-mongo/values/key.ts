/** No key built here is longer; LMDB's own limit is 1978. */
export const MAX_KEY_BYTES = 1900

/** Bytes whose memcmp order is the comparison order of the value lists. */
export function encodeKey(_values: readonly unknown[], _directions: readonly (1 | -1)[]): Uint8Array {
  throw new Error('being written')
}

/** The smallest byte string above every key that starts with `prefix`. */
export function keyPrefixEnd(_prefix: Uint8Array): Uint8Array {
  throw new Error('being written')
}
