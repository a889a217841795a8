import { type Cell, cellId, dayCellOf } from './cell.js'
import type { ResponseReader, TallyStore } from './tally-store.js'

/** Looks back further than the last sweep by this much: clocks differ, and a request may have been slow. */
const MARGIN_MS = 60 * 60 * 1000
/** Cells held in memory before they are marked. */
const CELLS_PER_ROUND = 1000

/**
 * Marks the cells of all responses stored since the last sweep, so that one whose process ended between storing and
 * marking is counted too. To be run at start-up; marking a cell that needs no marking costs one recount.
 *
 * @param now the instant up to which the sweep then counts as done
 * @returns how many cells were marked
 */
export async function sweepUnmarked(
  { store, responses }: { readonly store: TallyStore; readonly responses: Pick<ResponseReader, 'since'> },
  now: Date,
): Promise<number> {
  const last = await store.lastSweptAt()
  const since = new Date(last === null ? 0 : last.getTime() - MARGIN_MS)
  let cells = new Map<string, Cell>()
  let marked = 0
  const markAll = async () => {
    await store.mark([...cells.values()])
    marked += cells.size
    cells = new Map()
  }
  for await (const response of responses.since(since)) {
    const cell = dayCellOf(response)
    cells.set(cellId(cell), cell)
    if (cells.size >= CELLS_PER_ROUND) await markAll()
  }
  await markAll()
  await store.setSweptAt(now)
  return marked
}
