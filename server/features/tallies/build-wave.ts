import { inParallel } from './fold.js'
import { countWave, type RecountNeeds, withMergedCells } from './recount.js'

const CELLS_PER_INSERT = 500

/**
 * Counts a wave in one pass over its responses and stores every cell at once: for responses that came in bulk.
 *
 * Marking and folding cell by cell gives the same counts at many times the cost. A response that comes in meanwhile is
 * counted too: it marks its cell, either before the insert here, which then finds the cell there and marks it again, or
 * after it, which makes the cell stale. Cells that are there already are only marked, and folded by the next reader.
 *
 * @returns the number of cells, merged ones included
 */
export async function buildWave(needs: RecountNeeds, waveId: string): Promise<number> {
  const counted = [...withMergedCells(await countWave(needs, waveId)).values()]
  for (let start = 0; start < counted.length; start += CELLS_PER_INSERT) {
    const present = await needs.store.insertNew(counted.slice(start, start + CELLS_PER_INSERT))
    await inParallel(present, (cell) => needs.store.mark(cell))
  }
  return counted.length
}
