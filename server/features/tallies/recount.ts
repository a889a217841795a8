import { EMPTY_TALLY, mergeTallies, type Tally } from '../../domain/index/tally.js'
import { createTallyBuilder, type TallyBuilder } from '../../domain/index/tally-responses.js'
import { ALL_UNITS, type UnitRange } from '../../domain/survey/unit-range.js'
import { CELL_LEVELS, type Cell, cellId, dayCellOf, parentsOf } from './cell.js'
import { type FoldNeeds, foldWave, questionnaireOf } from './fold.js'
import type { CountedCell, ResponseReader, TallyStore } from './tally-store.js'
import { unitRanges } from './unit-ranges.js'

/** A cell whose stored counts are not what the responses say. */
export interface CellDifference {
  readonly cell: Cell
  readonly storedCount: number
  readonly countedCount: number
}

/** What a recount found. */
export interface RecountOutcome {
  readonly responseCount: number
  readonly cellCount: number
  /** Cells that were wrong or missing; they have been put right. */
  readonly differences: readonly CellDifference[]
}

export interface RecountNeeds extends FoldNeeds {
  readonly responses: Pick<ResponseReader, 'streamCell' | 'streamUnits' | 'nextUnit'>
}

/** Compares ranges of a wave's units, one after the other or at the same time; what came of each, in any order. */
export type CompareRanges = (waveId: string, ranges: readonly UnitRange[]) => Promise<readonly RecountOutcome[]>

/** Counts by cell identity. */
export type CountedCells = Map<string, CountedCell>

/**
 * Counts a wave from its raw responses, compares every cell of every level with what is stored, and rebuilds what differs.
 *
 * Tallies are brought up to date first, so that a difference is a fault and not work left over. Memory grows with the
 * cells of one unit, not with units or responses. A response that arrives meanwhile may show as a difference of its cells.
 *
 * @param compareRanges does the counting; here, one range after the other, unless something else is given
 * @returns differences in the order of the cells' identities
 */
export async function recountWave(
  needs: RecountNeeds,
  waveId: string,
  compareRanges: CompareRanges = (id, ranges) => compareInTurn(needs, id, ranges),
): Promise<RecountOutcome> {
  await foldWave(needs, waveId)
  const outcomes = await compareRanges(waveId, await unitRanges(needs.responses, waveId))
  const outcome = {
    responseCount: outcomes.reduce((sum, { responseCount }) => sum + responseCount, 0),
    cellCount: outcomes.reduce((sum, { cellCount }) => sum + cellCount, 0),
    differences: outcomes
      .flatMap(({ differences }) => differences)
      .toSorted((a, b) => (cellId(a.cell) < cellId(b.cell) ? -1 : 1)),
  }
  // Marks make the ordinary folding do the work: safe beside intake and other folders.
  await needs.store.mark(outcome.differences.map(({ cell }) => cell))
  await foldWave(needs, waveId)
  return outcome
}

async function compareInTurn(needs: RecountNeeds, waveId: string, ranges: readonly UnitRange[]) {
  const outcomes: RecountOutcome[] = []
  for (const range of ranges) outcomes.push(await compareUnits(needs, waveId, range))
  return outcomes
}

/** Counts some units of a wave and finds what differs; changes nothing. */
export async function compareUnits(needs: RecountNeeds, waveId: string, range: UnitRange): Promise<RecountOutcome> {
  const expected = withMergedCells(await countUnits(needs, waveId, range))
  const days = [...expected.values()].filter(({ cell }) => cell.level === 'day')
  return {
    responseCount: days.reduce((sum, { tally }) => sum + tally.received, 0),
    cellCount: expected.size,
    differences: await differencesFrom(needs.store, waveId, range, expected),
  }
}

/** Day cells from the raw responses. */
async function countUnits(needs: RecountNeeds, waveId: string, range: UnitRange): Promise<CountedCells> {
  const counted: CountedCells = new Map()
  for await (const run of countRuns(needs, waveId, range)) addTo(counted, run)
  return counted
}

/** Counts of the raw responses, neighbours of one day cell together; a cell comes again if its responses stand apart. */
export async function* countRuns(
  needs: RecountNeeds,
  waveId: string,
  range: UnitRange = ALL_UNITS,
): AsyncGenerator<CountedCell> {
  let current: { readonly cell: Cell; readonly builder: TallyBuilder } | null = null
  for await (const response of needs.responses.streamUnits(waveId, range)) {
    const cell = dayCellOf(response)
    if (current === null || cellId(current.cell) !== cellId(cell)) {
      if (current !== null) yield { cell: current.cell, tally: current.builder.result() }
      current = { cell, builder: createTallyBuilder(await questionnaireOf(needs, cell)) }
    }
    current.builder.add(response)
  }
  if (current !== null) yield { cell: current.cell, tally: current.builder.result() }
}

/** The day cells together with every cell merged from them. */
export function withMergedCells(days: CountedCells): CountedCells {
  const all: CountedCells = new Map(days)
  for (const level of CELL_LEVELS) {
    const above = new Map<string, { readonly cell: Cell; readonly tallies: Tally[] }>()
    for (const { cell, tally } of [...all.values()].filter((counted) => counted.cell.level === level)) {
      for (const parent of parentsOf(cell)) {
        const known = above.get(cellId(parent))
        if (known === undefined) above.set(cellId(parent), { cell: parent, tallies: [tally] })
        else known.tallies.push(tally)
      }
    }
    for (const [key, { cell, tallies }] of above) all.set(key, { cell, tally: mergeTallies(tallies) })
  }
  return all
}

/** Merges counts into those of the same cell. */
export function addTo(cells: CountedCells, { cell, tally }: CountedCell): void {
  const key = cellId(cell)
  const known = cells.get(key)
  cells.set(key, { cell, tally: known === undefined ? tally : mergeTallies([known.tally, tally]) })
}

async function differencesFrom(
  store: TallyStore,
  waveId: string,
  range: UnitRange,
  expected: CountedCells,
): Promise<readonly CellDifference[]> {
  const missing = new Map(expected)
  const differences: CellDifference[] = []
  for await (const { cell, isOf, received } of store.findAll(waveId, range)) {
    const key = cellId(cell)
    const right = expected.get(key)?.tally ?? EMPTY_TALLY
    missing.delete(key)
    if (!isOf(right)) differences.push({ cell, storedCount: received(), countedCount: right.received })
  }
  for (const { cell, tally } of missing.values()) {
    differences.push({ cell, storedCount: 0, countedCount: tally.received })
  }
  return differences
}
