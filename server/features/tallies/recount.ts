import { isDeepStrictEqual } from 'node:util'
import { wholeCity } from '../../domain/access/scope.js'
import { EMPTY_TALLY, mergeTallies, type Tally } from '../../domain/index/tally.js'
import { createTallyBuilder, type TallyBuilder } from '../../domain/index/tally-responses.js'
import { CELL_LEVELS, type Cell, cellId, dayCellOf, parentsOf } from './cell.js'
import { type FoldNeeds, foldWave, questionnaireOf } from './fold.js'
import type { CountedCell, ResponseReader, TallyStore } from './tally-store.js'

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
  readonly responses: Pick<ResponseReader, 'streamCell' | 'streamWave'>
}

/** Counts by cell identity. */
export type CountedCells = Map<string, CountedCell>

/**
 * Counts a wave from its raw responses in one pass, compares every cell of every level with what is stored, and rebuilds
 * what differs.
 *
 * Tallies are brought up to date first, so that a difference is a fault and not work left over. Memory grows with the
 * number of cells, not with responses. A response that arrives meanwhile may show as a difference of its cells.
 */
export async function recountWave(needs: RecountNeeds, waveId: string): Promise<RecountOutcome> {
  await foldWave(needs, waveId)
  const expected = withMergedCells(await countWave(needs, waveId))
  const differences = await compare(needs.store, waveId, expected)
  // Marks make the ordinary folding do the work: safe beside intake and other folders.
  await needs.store.mark(differences.map(({ cell }) => cell))
  await foldWave(needs, waveId)
  const days = [...expected.values()].filter(({ cell }) => cell.level === 'day')
  return {
    responseCount: days.reduce((sum, { tally }) => sum + tally.received, 0),
    cellCount: expected.size,
    differences,
  }
}

/** Day cells from the raw responses. */
async function countWave(needs: RecountNeeds, waveId: string): Promise<CountedCells> {
  const counted: CountedCells = new Map()
  for await (const run of countRuns(needs, waveId)) addTo(counted, run)
  return counted
}

/** Counts of the raw responses, neighbours of one day cell together; a cell comes again if its responses stand apart. */
export async function* countRuns(needs: RecountNeeds, waveId: string): AsyncGenerator<CountedCell> {
  let current: { readonly cell: Cell; readonly builder: TallyBuilder } | null = null
  for await (const response of needs.responses.streamWave(wholeCity('tallies count everything'), waveId)) {
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

async function compare(store: TallyStore, waveId: string, expected: CountedCells): Promise<readonly CellDifference[]> {
  const missing = new Map(expected)
  const differences: CellDifference[] = []
  for await (const { cell, tally } of store.findAll(waveId)) {
    const key = cellId(cell)
    const right = expected.get(key)?.tally ?? EMPTY_TALLY
    missing.delete(key)
    if (!isDeepStrictEqual(tally, right)) {
      differences.push({ cell, storedCount: tally.received, countedCount: right.received })
    }
  }
  for (const { cell, tally } of missing.values()) {
    differences.push({ cell, storedCount: 0, countedCount: tally.received })
  }
  return differences
}
