import { protect } from '../disclosure/protect.js'
import { countProblem, type Sum, type TableCell } from '../disclosure/protect-table.js'
import type { ProtectedCell, Relation } from '../disclosure/relations.js'
import { placeOf, type RawBlock } from './raw-block.js'

/** Figures hidden elsewhere that add up, with shown ones, to groups of these blocks: a unit's, of which an area is made. */
export interface HiddenElsewhere {
  readonly cells: readonly ProtectedCell[]
  readonly relations: readonly Relation[]
}

/**
 * Hides what it takes so that what a roll-up leaves, once its shown parts are taken off, is about enough people.
 *
 * Line by line: the respondents of each group are a table of counts with every roll-up as a sum.
 *
 * @param hidden places hidden for confidentiality
 * @param unreliable places hidden for saying too little: unknown to a reader, but harmless when worked out
 * @returns places to hide besides
 */
export function protectBases(
  blocks: readonly RawBlock[],
  hidden: ReadonlySet<string>,
  unreliable: ReadonlySet<string>,
  minRespondents: number,
  elsewhere: HiddenElsewhere,
): readonly string[] {
  return [...tablesOf(blocks)].flatMap(([, { cells, sums }]) => {
    const known = new Set(cells.map(({ key }) => key))
    const others = elsewhere.relations.filter(({ total }) => known.has(total))
    const outside = new Set(others.flatMap(({ parts }) => parts))
    const all = [...cells, ...elsewhere.cells.filter(({ key }) => outside.has(key)).map(countOf)]
    const primary = new Set(all.map(({ key }) => key).filter((key) => hidden.has(key) || outside.has(key)))
    if (primary.size === 0) return []
    const problem = countProblem(all, [...sums, ...others], minRespondents, primary)
    const needOf = (key: string) => (unreliable.has(key) && !primary.has(key) ? null : problem.needOf(key))
    const unknown = new Set([...primary, ...[...known].filter((key) => unreliable.has(key))])
    return protect({ ...problem, needOf }, unknown).complementary
  })
}

const countOf = ({ key, base }: ProtectedCell): TableCell => ({ key, count: base })

interface LineTable {
  readonly cells: TableCell[]
  readonly sums: Sum[]
}

function tablesOf(blocks: readonly RawBlock[]): ReadonlyMap<string, LineTable> {
  const tables = new Map<string, LineTable>()
  for (const { group, cells } of blocks) {
    for (const { line, rule, figures } of cells) {
      if (figures === null) continue
      const key = placeOf(group.key, line, rule)
      const variant = key.slice(group.key.length)
      const table = tables.get(variant) ?? { cells: [], sums: [] }
      tables.set(variant, table)
      table.cells.push({ key, count: figures.base })
      if (group.parts.length > 0) {
        table.sums.push({ total: key, parts: group.parts.map((part) => placeOf(part, line, rule)) })
      }
    }
  }
  return tables
}
