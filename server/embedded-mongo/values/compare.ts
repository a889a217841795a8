/** Orders two BSON values as MongoDB does: by type bracket, then by value. Returns -1, 0 or 1. */
export function compareValues(_a: unknown, _b: unknown): number {
  throw new Error('being written')
}
