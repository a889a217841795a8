/** Where in a table something is wrong. */
export interface Place {
  readonly file: string
  /** As a spreadsheet counts: the header is row 1. */
  readonly row?: number
  readonly column?: string
}

/** What is wrong with the data of an analyst, where, and what to do; its message is all that they see. */
export class DataError extends Error {
  constructor({ file, row, column }: Place, what: string) {
    const place = [file, row === undefined ? '' : `row ${row}`, column === undefined ? '' : `column ${column}`]
    super(`${place.filter((part) => part !== '').join(', ')}: ${what}`)
    this.name = 'DataError'
  }
}

/**
 * Fails on the first fault of a column, and says how many more there are.
 *
 * @param faults in the order of the rows
 */
export function failOnFaults(file: string, column: string, faults: readonly { row: number; what: string }[]): void {
  const [first] = faults
  if (!first) return
  const more = faults.length - 1
  const others = more === 0 ? '' : ` (and ${more} more ${more === 1 ? 'row' : 'rows'} with a fault in this column)`
  throw new DataError({ file, row: first.row, column }, first.what + others)
}
