import type { CodeCounts } from '../index/tally.js'
import type { Answers } from '../questionnaire/definition.js'
import type { MethodCase } from './method-data.js'

/** In place of a code where nothing is stored: the item was not asked. */
export const NOT_STORED = 255

/** Answers of many cases to some items, one byte each: what a method needs of a response, and nothing else of it. */
export interface CaseTable {
  readonly items: readonly string[]
  /** Cases. */
  readonly size: number
  /** Row by row: `size` times `items.length` stored codes, or `NOT_STORED`. */
  readonly codes: Uint8Array
  /** Whose case each row is; left out: every row is somebody else's. */
  readonly respondents?: readonly string[]
}

/** A table under construction. */
export interface CaseTableBuilder {
  add(answers: Answers): void
  /** The cases so far, sorted by their codes: the same cases give the same table in whatever order they came. */
  result(): CaseTable
}

const FIRST_ROWS = 64

/**
 * Starts an empty table; it takes `items.length` bytes a case, up to twice that while it grows.
 *
 * Floating-point sums and seeded draws hang on the order of the cases, and a database promises none: sorted, the same answers
 * give the same figures to the last digit.
 *
 * @param items codes of the items to keep; whatever else is answered is passed over
 */
export function createCaseTable(items: readonly string[]): CaseTableBuilder {
  const width = items.length
  let codes = new Uint8Array(FIRST_ROWS * width)
  let size = 0
  return {
    add(answers) {
      if ((size + 1) * width > codes.length) {
        const larger = new Uint8Array(codes.length * 2)
        larger.set(codes)
        codes = larger
      }
      writeRow(codes, size * width, items, answers)
      size += 1
    },
    result: () => ({ items, size, codes: sortedRows(codes.subarray(0, size * width), width) }),
  }
}

/** A table of cases that name their respondents, in their order. */
export function tableOfCases(cases: readonly MethodCase[]): CaseTable {
  const items = [...new Set(cases.flatMap(({ answers }) => Object.keys(answers)))].sort()
  const codes = new Uint8Array(cases.length * items.length)
  cases.forEach(({ answers }, row) => {
    writeRow(codes, row * items.length, items, answers)
  })
  return { items, size: cases.length, codes, respondents: cases.map(({ respondent }) => respondent) }
}

function writeRow(codes: Uint8Array, start: number, items: readonly string[], answers: Answers): void {
  for (let column = 0; column < items.length; column++) {
    const item = items[column]!
    const code = Object.hasOwn(answers, item) ? answers[item] : undefined
    codes[start + column] = typeof code === 'number' ? byteOf(code) : NOT_STORED
  }
}

function byteOf(code: number): number {
  if (!(Number.isInteger(code) && code >= 0 && code < NOT_STORED)) {
    throw new RangeError(`Codes must be whole numbers from 0 to ${NOT_STORED - 1}, got ${code}`)
  }
  return code
}

function sortedRows(codes: Uint8Array, width: number): Uint8Array {
  if (width === 0) return new Uint8Array(0)
  const starts = Array.from({ length: codes.length / width }, (_, row) => row * width)
  starts.sort((a, b) => {
    for (let column = 0; column < width; column++) {
      const difference = codes[a + column]! - codes[b + column]!
      if (difference !== 0) return difference
    }
    return 0
  })
  const sorted = new Uint8Array(codes.length)
  starts.forEach((start, row) => {
    sorted.set(codes.subarray(start, start + width), row * width)
  })
  return sorted
}

/**
 * Counts of stored codes by item; an item nobody has a code of was not asked and has no entry.
 *
 * @param weightOf how often the case in a row of a table counts; 1 unless said
 */
export function countsOfTables(
  tables: readonly CaseTable[],
  weightOf: (table: number, row: number) => number = () => 1,
): Readonly<Record<string, { readonly codes: CodeCounts }>> {
  const sums = new Map<string, Float64Array>()
  tables.forEach(({ items, size, codes }, table) => {
    const columns = items.map((item) => sums.get(item) ?? new Float64Array(NOT_STORED + 1))
    items.forEach((item, column) => {
      sums.set(item, columns[column]!)
    })
    let place = 0
    for (let row = 0; row < size; row++) {
      const weight = weightOf(table, row)
      for (const column of columns) column[codes[place++]!]! += weight
    }
  })
  const counted = [...sums].map(([item, column]) => [item, { codes: codesOf(column) }] as const)
  return Object.fromEntries(counted.filter(([, { codes }]) => Object.keys(codes).length > 0))
}

function codesOf(column: Float64Array): Record<string, number> {
  const codes: Record<string, number> = {}
  for (let code = 0; code < NOT_STORED; code++) if (column[code] !== 0) codes[code] = column[code]!
  return codes
}

/** Counts of several sets of cases together. */
export function mergeItemCounts(
  all: readonly ReturnType<typeof countsOfTables>[],
): Readonly<Record<string, { readonly codes: CodeCounts }>> {
  const merged: Record<string, { codes: Record<string, number> }> = {}
  for (const items of all) {
    for (const [item, { codes }] of Object.entries(items)) {
      merged[item] ??= { codes: {} }
      const sums = merged[item].codes
      for (const [code, count] of Object.entries(codes)) sums[code] = (sums[code] ?? 0) + count
    }
  }
  return merged
}
