import { createRequire } from 'node:module'
import { expect } from 'chai'

/** A cube as `jsonstat-toolkit` reads it: the reader of the format's author, which brings no types. */
interface Cube {
  readonly class: string
  readonly id: readonly string[]
  /** Cells. */
  readonly n: number
  Dimension(name: string): { readonly id: readonly string[] }
  Data(cell: Readonly<Record<string, string>>): { readonly value: number | null; readonly status: string | null } | null
}
type Row = Readonly<Record<string, string | number | boolean | null>>

const readCube = createRequire(import.meta.url)('jsonstat-toolkit') as (document: unknown) => Cube

/** What a cell's status must be; `undefined` where the measure is not given for the line. */
function statusOf(row: Row, measure: string): string | null | undefined {
  if (row.status === 'suppressed') return 's'
  if (row.status === 'coded') return 'c'
  if (row[measure] === null) return row.status === 'empty' ? 'e' : undefined
  if (row.is_coarse === true) return 'r'
  return row.flag === null ? null : 'f'
}

/** Asserts that a cube holds the figures of a report's rows, each once, and tells hidden ones from absent ones. */
export function expectCubeOf(document: unknown, rows: readonly Row[]): void {
  const cube = readCube(document)
  expect([cube.class, cube.id]).to.deep.equal(['dataset', ['group', 'line', 'measure']])
  const measures = cube.Dimension('measure').id
  expect(cube.n).to.equal(rows.length * measures.length)
  for (const row of rows) {
    const keys = [row.scope, row.rollup === 'none' ? null : row.rollup, row.unit_uid, row.service, row.from]
    const group = keys.filter((key) => key !== null && key !== '').join(':')
    for (const measure of measures) {
      const cell = cube.Data({ group, line: `${row.level}:${row.code}`, measure })
      expect(cell?.value, `${group} ${row.code} ${measure}`).to.equal(row[measure])
      const status = statusOf(row, measure)
      if (status !== undefined) expect(cell!.status, `${group} ${row.code} ${measure}`).to.equal(status)
    }
  }
}
