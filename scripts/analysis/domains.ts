import { columnCells } from './columns.js'
import type { Table } from './read-table.js'

/** The domains of a table: one per crossing of groups that occurs. */
export interface Domains {
  /** Group by column, per domain, in the order of a sorted list. */
  readonly groups: readonly Readonly<Record<string, string>>[]
  /** Domain of each row; −1 where a column is empty. */
  readonly domainOf: readonly number[]
}

const { compare } = new Intl.Collator('vi', { numeric: true })

/**
 * Divides the rows by the crossing of columns.
 *
 * @throws {DataError} when there is no such column
 */
export function divide(table: Table, by: readonly string[]): Domains {
  const columns = by.map((name) => columnCells(table, name))
  const keys = table.rows.map((_, i) => columns.map((cells) => cells[i]!.text))
  const isWhole = (key: readonly string[]) => key.length > 0 && !key.includes('')
  const distinct = new Map(keys.filter(isWhole).map((key) => [JSON.stringify(key), key]))
  const sorted = [...distinct.values()].sort((a, b) => compareKeys(a, b))
  const numbers = new Map(sorted.map((key, number) => [JSON.stringify(key), number]))
  return {
    groups: sorted.map((key) => Object.fromEntries(by.map((name, j) => [name, key[j]!]))),
    domainOf: keys.map((key) => numbers.get(JSON.stringify(key)) ?? -1),
  }
}

const compareKeys = (a: readonly string[], b: readonly string[]) =>
  a.reduce((order, text, j) => order || compare(text, b[j]!), 0)
