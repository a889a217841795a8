import { cellId } from './cell.js'
import { addTo, type CountedCells, countRuns, type RecountNeeds, withMergedCells } from './recount.js'
import type { CountedCell, TallyStore } from './tally-store.js'

/**
 * Counts a wave in one pass over its responses and stores the cells of a unit at once: for responses that came in bulk.
 *
 * Marking and folding cell by cell gives the same counts at many times the cost. A response that comes in meanwhile is
 * counted too: it marks its cell, either before the insert here, which then finds the cell there and marks it again, or
 * after it, which makes the cell stale. Cells that are there already are only marked, and folded by the next reader;
 * so it does no harm if a unit's responses come in several stretches. No cell spans two units.
 *
 * Should this die half-way, what was stored is merged by the next reader, and building again adds the rest.
 */
export async function buildWave(needs: RecountNeeds, waveId: string): Promise<void> {
  let storing: Promise<void> = Promise.resolve()
  for await (const unit of countUnits(needs, waveId)) {
    // One unit is stored while the next is counted.
    await storing
    storing = storeUnit(needs.store, waveId, unit)
    storing.catch(() => {})
  }
  await storing
}

/** All cells of one unit after the other, as far as its responses stand together. */
async function* countUnits(needs: RecountNeeds, waveId: string): AsyncGenerator<readonly CountedCell[]> {
  let days: CountedCells = new Map()
  let unitUid: string | null = null
  for await (const run of countRuns(needs, waveId)) {
    if (run.cell.unitUid !== unitUid && unitUid !== null) {
      yield [...withMergedCells(days).values()]
      days = new Map()
    }
    unitUid = run.cell.unitUid
    addTo(days, run)
  }
  if (days.size > 0) yield [...withMergedCells(days).values()]
}

/** New day cells keep their flag until those above are stored too, so that none can miss them. */
async function storeUnit(store: TallyStore, waveId: string, counted: readonly CountedCell[]): Promise<void> {
  const present = await store.insertNew(counted)
  await Promise.all([store.mark(present), store.renewState(waveId)])
  const old = new Set(present.map(cellId))
  const added = counted.filter(({ cell }) => cell.level === 'day' && !old.has(cellId(cell)))
  await store.settle(added.map(({ cell }) => ({ cell, marks: 1 })))
}
