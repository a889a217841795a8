import type { Document } from 'bson'
import { refuse } from '../errors.js'
import { type Direction, encodeKey } from '../values/key.js'
import { checkPath, indexValues } from '../values/path.js'
import { isNumeric, toDouble } from '../values/types.js'

/** Fields and directions of an order. */
export type Sort = readonly (readonly [field: string, direction: Direction])[]

/** Reads a sort specification. @throws {CommandError} on a direction other than 1 and -1, and on what is no path */
export function readSort(spec: Document = {}): Sort {
  return Object.entries(spec).map(([field, value]) => {
    const direction = isNumeric(value) ? toDouble(value) : 0
    if (direction !== 1 && direction !== -1)
      refuse(15975, '$sort key ordering must be 1 (for ascending) or -1 (for descending)')
    checkPath(field)
    return [field, direction] as const
  })
}

/**
 * Gives each document bytes whose order is the one asked for. An array stands for its least element in ascending and
 * its greatest in descending order, an empty array before null, missing fields as null.
 */
export function sortKey(sort: Sort): (doc: Document) => Buffer {
  const fields = sort.map(([field]) => field)
  const directions = sort.map(([, direction]) => direction)
  return (doc) => {
    const keys = indexValues(doc, fields).keys.map((values) => encodeKey(values, directions, Number.POSITIVE_INFINITY))
    return keys.reduce((best, key) => (Buffer.compare(key, best) < 0 ? key : best))
  }
}
