import type { Margin } from '../../server/domain/statistics/estimation/margin.js'
import { columnNames } from './columns.js'
import { DataError } from './data-error.js'
import { columnNumbers } from './read-number.js'
import type { Table } from './read-table.js'

/** Names of the column with the population totals; the second is how R's data frames call it. */
const TOTAL_COLUMNS = ['total', 'Freq'] as const
const LONG_FORM = ['variable', 'category'] as const

/** A row of a file of totals: the group it speaks of, and where it stands. */
interface Total {
  readonly row: number
  readonly variables: readonly string[]
  readonly categories: readonly string[]
  readonly total: number
}

/**
 * Reads population totals for the rows of a table.
 *
 * Either one margin: columns named as in the table and a column `total` (or `Freq`); several columns make crossed
 * groups. Or several margins in long form: `variable,category,total`.
 *
 * @returns one margin per variable or crossing
 * @throws {DataError} when a column or total is unusable, or a group stands in one of the two files only
 */
export function readMargins(table: Table, totals: Table): Margin[] {
  const byMargin = new Map<string, Total[]>()
  for (const total of readTotals(totals)) {
    const key = total.variables.join(' × ')
    byMargin.set(key, [...(byMargin.get(key) ?? []), total])
  }
  return [...byMargin].map(([name, rows]) => toMargin({ table, totals, name, rows }))
}

function readTotals(totals: Table): Total[] {
  const found = TOTAL_COLUMNS.filter((name) => totals.columns.includes(name))
  if (found.length !== 1) {
    const known = totals.columns.join(', ')
    throw new DataError(
      { file: totals.file, row: 1 },
      `one column named total (or Freq) is needed; there are: ${known}`,
    )
  }
  const positive = (value: number) => (value > 0 ? null : `${value} is no population total; it is above 0`)
  const numbers = columnNumbers(totals, found[0]!, positive)
  const others = totals.columns.filter((name) => name !== found[0])
  if (others.length === 0)
    throw new DataError({ file: totals.file, row: 1 }, 'no column says which group a total is of')
  const columns = others.map((name) => columnNames(totals, name, 'group'))
  const isLong = others.length === LONG_FORM.length && LONG_FORM.every((name) => others.includes(name))
  const at = (name: string, i: number) => columns[others.indexOf(name)]![i]!
  return totals.rows.map(({ row }, i) => ({
    row,
    variables: isLong ? [at('variable', i)] : others,
    categories: isLong ? [at('category', i)] : columns.map((column) => column[i]!),
    total: numbers[i]!,
  }))
}

const nameOf = (categories: readonly string[]) => categories.join(' × ')
/** Tells crossed groups apart whatever signs their names hold. */
const keyOf = (categories: readonly string[]) => JSON.stringify(categories)

interface MarginFiles {
  readonly table: Table
  readonly totals: Table
  readonly name: string
  readonly rows: readonly Total[]
}

function toMargin({ table, totals, name, rows }: MarginFiles): Margin {
  const known = new Map<string, Total>()
  for (const total of rows) {
    const twin = known.get(keyOf(total.categories))
    if (twin) {
      const what = `${name} ${nameOf(total.categories)} stands in row ${twin.row} already`
      throw new DataError({ file: totals.file, row: total.row }, what)
    }
    known.set(keyOf(total.categories), total)
  }
  const columns = rows[0]!.variables.map((variable) => columnNames(table, variable, 'group'))
  const groups = table.rows.map((_, i) => columns.map((column) => column[i]!))
  const groupOf = groups.map(keyOf)
  const unknown = groupOf.findIndex((group) => !known.has(group))
  if (unknown >= 0) {
    const place = { file: table.file, row: table.rows[unknown]!.row, column: name }
    const there = rows.map(({ categories }) => nameOf(categories)).join(', ')
    throw new DataError(place, `${nameOf(groups[unknown]!)} has no total in ${totals.file}, which has: ${there}`)
  }
  const present = new Set(groupOf)
  const absent = rows.find(({ categories }) => !present.has(keyOf(categories)))
  if (absent) {
    const what = `no row of ${table.file} has ${name} ${nameOf(absent.categories)}; join it with a neighbour in both files`
    throw new DataError({ file: totals.file, row: absent.row }, what)
  }
  return { name, groupOf, totals: new Map([...known].map(([group, { total }]) => [group, total])) }
}
