import { cityDay } from '../../domain/survey/day.js'
import { type Cell, cellId, dayCellOf } from './cell.js'
import type { ResponseReader, TallyStore } from './tally-store.js'

/** Looks back further than the last sweep by this much: clocks differ, and a request may have been slow. */
const MARGIN_MS = 60 * 60 * 1000
/** Cells looked up at once. */
const CELLS_PER_ROUND = 1000

interface SeenCell {
  readonly cell: Cell
  readonly seen: number
}

/** The beginning of the city's day on which an instant falls, so that every day cell is seen whole. */
const startOfDay = (instant: Date) => new Date(`${cityDay(instant)}T00:00:00+07:00`)

/**
 * Marks the cells that lack a response stored since the last sweep: its process ended between storing and marking. To be run at
 * start-up, beside everything else: whoever sent such a response was never told that it was taken.
 *
 * Tallies are counted anew and responses never go, so a cell without open marks that counts as many as are seen here has them all.
 *
 * @param now the instant up to which the sweep then counts as done
 * @param signal ends it early; the next one then looks from where this one did
 * @returns how many cells were marked
 */
export async function sweepUnmarked(
  { store, responses }: { readonly store: TallyStore; readonly responses: Pick<ResponseReader, 'since'> },
  now: Date,
  signal?: AbortSignal,
): Promise<number> {
  const last = await store.lastSweptAt()
  // A sweep of the future was done by a clock that was wrong: nobody knows what it has seen, so all is looked through.
  const isKnown = last !== null && last <= now
  const since = isKnown ? startOfDay(new Date(last.getTime() - MARGIN_MS)) : new Date(0)
  let marked = 0
  for await (const day of daysSeen(responses.since(since))) {
    for (let start = 0; start < day.length; start += CELLS_PER_ROUND) {
      if (signal?.aborted) return marked
      marked += await markLacking(store, day.slice(start, start + CELLS_PER_ROUND))
    }
  }
  await store.setSweptAt(now)
  return marked
}

/** The cells of one day after the other, each with how many responses it has. */
async function* daysSeen(responses: ReturnType<ResponseReader['since']>): AsyncGenerator<readonly SeenCell[]> {
  let day = ''
  let cells = new Map<string, SeenCell>()
  for await (const response of responses) {
    if (response.day !== day) {
      yield [...cells.values()]
      cells = new Map()
      day = response.day
    }
    const cell = dayCellOf(response)
    const key = cellId(cell)
    cells.set(key, { cell, seen: (cells.get(key)?.seen ?? 0) + 1 })
  }
  yield [...cells.values()]
}

async function markLacking(store: TallyStore, seen: readonly SeenCell[]): Promise<number> {
  const settled = await store.settledCounts(seen.map(({ cell }) => cell))
  const lacking = seen.filter((one) => (settled.get(cellId(one.cell)) ?? 0) < one.seen).map(({ cell }) => cell)
  await store.mark(lacking)
  return lacking.length
}
