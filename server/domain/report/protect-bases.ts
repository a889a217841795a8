import { protectInSteps } from '../disclosure/protect.js'
import { countProblem, type Sum, type TableCell } from '../disclosure/protect-table.js'
import type { ProtectedCell, Relation } from '../disclosure/relations.js'
import type { Steps } from '../steps.js'
import { placeOf, type RawBlock } from './raw-block.js'

/** Figures hidden elsewhere that add up, with shown ones, to groups of these blocks: a unit's, of which an area is made. */
export interface HiddenElsewhere {
  readonly cells: readonly ProtectedCell[]
  readonly relations: readonly Relation[]
}

/** What is known of the places before their bases are looked at. */
export interface BasesFrame {
  /** Places hidden for confidentiality, or to protect such. */
  readonly hidden: ReadonlySet<string>
  /** Places hidden for saying too little: unknown to a reader, but harmless when worked out. */
  readonly unreliable: ReadonlySet<string>
  /** Places that readers know already: they are no cover. */
  readonly known: ReadonlySet<string>
  /** Places of which readers know the sum. */
  readonly knownSums: readonly (readonly string[])[]
  readonly minRespondents: number
  readonly elsewhere: HiddenElsewhere
}

/**
 * Hides what it takes so that what a roll-up leaves, once its shown parts are taken off, is about enough people.
 *
 * Line by line: the respondents of each group are a table of counts with every roll-up as a sum. Where nothing else is left to
 * hide, every roll-up over the group is.
 *
 * @returns places to hide besides
 */
export function* protectBases(
  blocks: readonly RawBlock[],
  { hidden, unreliable, known, knownSums, minRespondents, elsewhere }: BasesFrame,
): Steps<readonly string[]> {
  const found: string[] = []
  for (const { cells, sums } of tablesOf(blocks)) {
    const places = new Set(cells.map(({ key }) => key))
    const others = elsewhere.relations.filter(({ total }) => places.has(total))
    const outside = new Set(others.flatMap(({ parts }) => parts))
    const all = [...cells, ...elsewhere.cells.filter(({ key }) => outside.has(key)).map(countOf)]
    const primary = new Set(all.map(({ key }) => key).filter((key) => hidden.has(key) || outside.has(key)))
    if (primary.size === 0) continue
    const shownSums = knownSums
      .filter(([first]) => first !== undefined && places.has(first))
      .map((parts): Sum => ({ total: SHOWN_BEFORE, parts }))
    const open = all.filter(({ key }) => !known.has(key))
    const problem = countProblem(open, [...sums, ...others, ...shownSums], minRespondents, primary)
    const needOf = (key: string) => (unreliable.has(key) && !primary.has(key) ? null : problem.needOf(key))
    const unknown = new Set([...primary, ...[...places].filter((key) => unreliable.has(key))])
    const { complementary, exposed } = yield* protectInSteps({ ...problem, needOf }, unknown)
    found.push(...complementary, ...exposed.flatMap((key) => totalsOver(key, sums)))
  }
  return found
}

/** No place: what readers know already does not move. */
const SHOWN_BEFORE = ''

/** Every roll-up that a place is in, over those between. */
function totalsOver(key: string, sums: readonly Sum[]): readonly string[] {
  const found = new Set<string>()
  const takeIn = (part: string) => {
    for (const { total, parts } of sums) {
      if (!parts.includes(part) || found.has(total)) continue
      found.add(total)
      takeIn(total)
    }
  }
  takeIn(key)
  return [...found]
}

const countOf = ({ key, base }: ProtectedCell): TableCell => ({ key, count: base })

interface LineTable {
  readonly cells: TableCell[]
  readonly sums: Sum[]
}

function tablesOf(blocks: readonly RawBlock[]): readonly LineTable[] {
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
  return [...tables.values()]
}
