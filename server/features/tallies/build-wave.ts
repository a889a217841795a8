import { cellId } from './cell.js'
import { countWave, type RecountNeeds, withMergedCells } from './recount.js'

const CELLS_PER_INSERT = 500

/**
 * Counts a wave in one pass over its responses and stores every cell at once: for responses that came in bulk.
 *
 * Marking and folding cell by cell gives the same counts at many times the cost. A response that comes in meanwhile is
 * counted too: it marks its cell, either before the insert here, which then finds the cell there and marks it again, or
 * after it, which makes the cell stale. Cells that are there already are only marked, and folded by the next reader.
 * The new cells keep their flag until all are stored: should this die half-way, the next reader merges what is there.
 *
 * @returns the number of cells, merged ones included
 */
export async function buildWave(needs: RecountNeeds, waveId: string): Promise<number> {
  const counted = [...withMergedCells(await countWave(needs, waveId)).values()]
  const rounds = Array.from({ length: Math.ceil(counted.length / CELLS_PER_INSERT) }, (_, i) =>
    counted.slice(i * CELLS_PER_INSERT, (i + 1) * CELLS_PER_INSERT),
  )
  const old = new Set<string>()
  for (const round of rounds) {
    const present = await needs.store.insertNew(round)
    await needs.store.mark(present)
    for (const cell of present) old.add(cellId(cell))
  }
  for (const round of rounds) {
    await needs.store.settle(round.filter(({ cell }) => !old.has(cellId(cell))).map(({ cell }) => ({ cell, marks: 1 })))
  }
  return counted.length
}
