import type { Variable } from '../../../domain/microdata/variable.js'
import { roundUp } from './sav-bytes.js'

/** Bytes of one piece of a row. */
export const SEGMENT = 8
const MAX_SHORT_NAME = 8
/** Widest text that needs no splitting into several variables. */
const MAX_WIDTH = 255

/** A variable with its place in an SPSS system file. */
export interface SavVariable {
  readonly variable: Variable
  /** Unlike all others, at most 8 ASCII capitals and digits; the real name stands in record 7/13. */
  readonly shortName: string
  /** Bytes of a text; 0 for numbers. */
  readonly width: number
  /** Pieces of 8 bytes in a row. */
  readonly segments: number
  /** Place of its first piece in a row, from 1, by which other records name it. */
  readonly index: number
}

const widthOf = (variable: Variable): number =>
  variable.type === 'numeric'
    ? 0
    : variable.texts().reduce((width, text) => Math.max(width, Buffer.byteLength(text)), 1)

/**
 * Lays variables out.
 *
 * @throws {RangeError} when a text is wider than 255 bytes
 */
export function layOut(variables: readonly Variable[]): readonly SavVariable[] {
  const names = new Set(variables.map(({ name }) => name.toUpperCase()))
  let number = 0
  let index = 1
  return variables.map((variable) => {
    const width = widthOf(variable)
    if (width > MAX_WIDTH) throw new RangeError(`Texts of ${variable.name} are wider than ${MAX_WIDTH} bytes`)
    let shortName = variable.name.toUpperCase()
    if (shortName.length > MAX_SHORT_NAME) {
      do shortName = `V${String(++number).padStart(5, '0')}`
      while (names.has(shortName))
    }
    const segments = Math.max(1, roundUp(width, SEGMENT) / SEGMENT)
    const placed = { variable, shortName, width, segments, index }
    index += segments
    return placed
  })
}
