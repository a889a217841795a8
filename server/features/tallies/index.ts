/** Tallies: mergeable counts of the responses, kept up to date as reports read them, always rebuildable. */
import type { Scope } from '../../domain/access/scope.js'
import type { UnitRange } from '../../domain/survey/unit-range.js'
import { createBatcher } from '../../platform/batcher.js'
import { keepByState } from '../../platform/keep-by-state.js'
import type { Connection } from '../../platform/mongo/connect.js'
import { buildWave } from './build-wave.js'
import { type Cell, type CountedPlace, cellId, dayCellOf } from './cell.js'
import { coalesce } from './coalesce.js'
import { type FoldNeeds, foldWave } from './fold.js'
import { readingKey, readTallies, type TallyQuery } from './read-tallies.js'
import { type CompareRanges, compareUnits, type RecountOutcome, recountWave } from './recount.js'
import { sweepUnmarked } from './sweep-unmarked.js'
import { mongoTallyStore } from './tally.repository.js'
import type { ResponseReader, TallyPart } from './tally-store.js'

export type { TallyQuery } from './read-tallies.js'
export type { CompareRanges, RecountOutcome } from './recount.js'
export type { ResponseReader } from './tally-store.js'

/** Readings of many cells that come to a dozen sums, a tenth of a megabyte: by month and by service. */
const KEPT_READINGS = 300

/** What takes so long to read is kept in the database too, for after a restart. */
const COSTLY_MS = 50

/** What the rest of the server may do with tallies. */
export interface Tallies {
  /** To be called after a response is stored and before its sender is answered; again on a retry. */
  markStale(response: CountedPlace): Promise<void>
  /** Counts of a selection, as far as it lies in the scope, with every response in them that was marked before the call. */
  read(scope: Scope, query: TallyQuery): Promise<readonly TallyPart[]>
  /**
   * What tells the counts of a wave, with every response that was marked before the call, from any others it had or will have: what was
   * made of them afterwards is good as long as this is the same.
   */
  stateOf(waveId: string): Promise<string>
  /** Brings a wave up to date without reading it. */
  fold(waveId: string): Promise<void>
  /** Marks what a crash left unmarked; for start-up, beside intake and readers. Returns the number of cells marked. */
  sweepUnmarked(signal?: AbortSignal): Promise<number>
  /** Counts a wave whose responses were stored in bulk, all at once. */
  build(waveId: string): Promise<void>
  /** Compares the tallies of a wave with its raw responses and puts them right; the comparing may be left to others. */
  recount(waveId: string, compareRanges?: CompareRanges): Promise<RecountOutcome>
  /** Compares the tallies of some units of a wave with their raw responses; for those others. */
  compareUnits(waveId: string, range: UnitRange): Promise<RecountOutcome>
}

/**
 * Tallies in the database of a connection.
 *
 * Indexes are built by `buildIndexes` of platform/mongo, after this call.
 */
export function createTallies(deps: {
  readonly connection: Connection
  readonly responses: ResponseReader
  readonly findQuestionnaire: FoldNeeds['findQuestionnaire']
  readonly now: () => Date
  /** From how long on a reading is kept in the database. */
  readonly costlyMs?: number
  /** Told of marks and folds, for measurements. */
  readonly observe?: {
    marked(waveId: string): void
    foldedSince(waveId: string): () => void
  }
}): Tallies {
  const { responses, findQuestionnaire, now, observe, costlyMs = COSTLY_MS } = deps
  const store = mongoTallyStore(deps.connection)
  const needs = { store, responses, findQuestionnaire }
  const mark = createBatcher(async (cells: readonly Cell[]) => {
    // One mark does for all responses of a cell: they were stored before it.
    await store.mark([...new Map(cells.map((cell) => [cellId(cell), cell])).values()])
    return cells.map(() => undefined)
  })
  const fold = coalesce(async (waveId) => {
    const settle = observe?.foldedSince(waveId)
    await foldWave(needs, waveId)
    settle?.()
  })
  const stateOf = async (waveId: string) => {
    await fold(waveId)
    return store.stateOf(waveId)
  }
  const keep = keepByState<readonly TallyPart[]>(KEPT_READINGS)
  return {
    async markStale(response) {
      await mark(dayCellOf(response))
      observe?.marked(response.waveId)
    },
    async read(scope, query) {
      const state = await stateOf(query.wave.id)
      const read = () => readTallies(store, scope, query)
      const isFewOfMany = query.by === 'month' || query.by === 'service'
      if (!isFewOfMany) return read()
      const key = readingKey(scope, query)
      return keep(key, state, async () => {
        const known = await store.findReading(key, state)
        if (known !== undefined) return known
        const start = performance.now()
        const parts = await read()
        // The figures are right without it.
        if (performance.now() - start >= costlyMs) await store.keepReading(key, state, parts).catch(() => {})
        return parts
      })
    },
    stateOf,
    fold,
    sweepUnmarked: (signal) => sweepUnmarked({ store, responses }, now(), signal),
    build: (waveId) => buildWave(needs, waveId),
    recount: (waveId, compareRanges) => recountWave(needs, waveId, compareRanges),
    compareUnits: (waveId, range) => compareUnits(needs, waveId, range),
  }
}
