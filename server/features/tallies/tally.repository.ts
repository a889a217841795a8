import { createHash, randomUUID } from 'node:crypto'
import type { Tally } from '../../domain/index/tally.js'
import type { Connection } from '../../platform/mongo/connect.js'
import { rangeFilter } from '../../platform/mongo/range-filter.js'
import { CELL_LEVELS, type Cell, type CellLevel, type ChildRange, cellId } from './cell.js'
import { isStoredAs, packTally, unpackTally } from './stored-tally.js'
import { tallyModel, tallyReadingModel, tallyStateModel, tallySweepModel } from './tally.model.js'
import type { CellSelection, StaleCell, TallyPart, TallyStore } from './tally-store.js'

const DUPLICATE_KEY = 11000
const BATCH_SIZE = 500
const SWEEP_ID = 'responses'

/** A document holds sixteen million bytes; what is larger is read anew. */
const MOST_KEPT_LENGTH = 4_000_000

/** Keys name every unit of a selection. */
const readingId = (key: string) => createHash('sha256').update(key).digest('base64url')

/** A cell as stored, without its identity. */
interface StoredCell extends Cell {
  readonly marks: number
  readonly foldedMarks: number
  /** A text; of earlier versions a document. */
  readonly tally: string | Partial<Tally> | null
}

/** Tallies in MongoDB. Simple operations on single documents only, so that any server will do. */
export function mongoTallyStore(connection: Connection): TallyStore {
  const tallies = tallyModel(connection)
  const sweeps = tallySweepModel(connection)
  const states = tallyStateModel(connection)
  const readings = tallyReadingModel(connection)

  const update = async (operations: Parameters<typeof tallies.bulkWrite>[0]) => {
    if (operations.length > 0) await tallies.bulkWrite(operations, { ordered: false })
  }

  const upserts = (cells: readonly Cell[]) =>
    cells.map((cell) => ({
      updateOne: {
        filter: { _id: cellId(cell) },
        update: { $inc: { marks: 1 }, $set: { isStale: true }, $setOnInsert: { ...cell, foldedMarks: 0, tally: null } },
        upsert: true,
      },
    }))

  // Two upserts of a new document at once: one inserts, the other is told off and finds it the second time.
  async function upsert(write: () => Promise<unknown>): Promise<void> {
    try {
      await write()
    } catch (error) {
      if ((error as { code?: unknown }).code !== DUPLICATE_KEY) throw error
      await write()
    }
  }

  // Cells marked twice by a second try are only counted once more than needed.
  const mark = (cells: readonly Cell[]) => upsert(() => update(upserts(cells)))

  /** Counted cells; those only marked so far are left out. */
  async function* storedCells(filter: Readonly<Record<string, unknown>>): AsyncGenerator<StoredCell> {
    const cursor = tallies.find(filter).lean<StoredCell>().cursor({ batchSize: BATCH_SIZE })
    for await (const stored of cursor) if (stored.tally !== null) yield stored
  }

  return {
    mark,
    async insertNew(counted) {
      const records = counted.map(({ cell, tally }) => ({
        _id: cellId(cell),
        ...cell,
        marks: 1,
        foldedMarks: 1,
        isStale: cell.level === 'day',
        tally: packTally(tally),
      }))
      try {
        await tallies.insertMany(records, { ordered: false, lean: true })
        return []
      } catch (error) {
        const { code, writeErrors = [] } = error as { code?: unknown; writeErrors?: readonly { index: number }[] }
        if (code !== DUPLICATE_KEY) throw error
        return writeErrors.flatMap(({ index }) => counted[index]?.cell ?? [])
      }
    },
    async findStale(waveId, level) {
      const stale = await tallies.find({ waveId, isStale: true, level }).select('-tally').lean<StoredCell[]>()
      return stale.map(
        (stored): StaleCell => ({
          cell: cellOf(stored),
          marks: stored.marks,
          foldedMarks: stored.foldedMarks,
        }),
      )
    },
    async findChildren(range) {
      const found = await tallies.find(childFilter(range)).select('tally').lean<Pick<StoredCell, 'tally'>[]>()
      return found.map(({ tally }) => unpackTally(tally))
    },
    replace: (counts) =>
      update(
        counts.map(({ cell, marks, tally }) => ({
          updateOne: {
            filter: { _id: cellId(cell), foldedMarks: { $lt: marks } },
            update: { $set: { tally: packTally(tally), foldedMarks: marks } },
          },
        })),
      ),
    settle: (cells) =>
      update(
        cells.map(({ cell, marks }) => ({
          updateOne: {
            filter: { _id: cellId(cell), marks, foldedMarks: marks },
            update: { $set: { isStale: false } },
          },
        })),
      ),
    async settledCounts(cells) {
      const found = await tallies
        .find({ _id: { $in: cells.map(cellId) }, isStale: false })
        .select('tally')
        .lean<(Pick<StoredCell, 'tally'> & { _id: string })[]>()
      return new Map(found.map(({ _id, tally }) => [_id, unpackTally(tally).received]))
    },
    async *find(selection) {
      for await (const stored of storedCells(selectionFilter(selection))) {
        yield { cell: cellOf(stored), tally: unpackTally(stored.tally) }
      }
    },
    async *findAll(waveId, range) {
      // Level by level, as the index is ordered; all units would else be read for each range.
      for (const level of CELL_LEVELS) {
        for await (const stored of storedCells({ waveId, level, ...rangeFilter('unitUid', range) })) {
          yield {
            cell: cellOf(stored),
            isOf: (tally: Tally) => isStoredAs(stored.tally, tally),
            received: () => unpackTally(stored.tally).received,
          }
        }
      }
    },
    async stateOf(waveId) {
      return (await states.findOne({ _id: waveId }).lean<{ state: string }>())?.state ?? ''
    },
    renewState: (waveId) =>
      upsert(() => states.updateOne({ _id: waveId }, { $set: { state: randomUUID() } }, { upsert: true })),
    async findReading(key, state) {
      const found = await readings.findOne({ _id: readingId(key), state }).lean<{ readonly parts: string }>()
      return found === null ? undefined : (JSON.parse(found.parts) as readonly TallyPart[])
    },
    async keepReading(key, state, parts) {
      const text = JSON.stringify(parts)
      if (text.length > MOST_KEPT_LENGTH) return
      await upsert(() =>
        readings.updateOne({ _id: readingId(key) }, { $set: { state, parts: text } }, { upsert: true }),
      )
    },
    async lastSweptAt() {
      return (await sweeps.findOne({ _id: SWEEP_ID }).lean<{ sweptAt: Date }>())?.sweptAt ?? null
    },
    async setSweptAt(instant) {
      await sweeps.updateOne({ _id: SWEEP_ID }, { $set: { sweptAt: instant } }, { upsert: true })
    },
  }
}

function cellOf(stored: Cell): Cell {
  const { level, waveId, unitUid, service, mode, questionnaireHash, channel, period } = stored
  return { level, waveId, unitUid, service, mode, questionnaireHash, channel, period }
}

function childFilter({ period, ...equal }: ChildRange): Readonly<Record<string, unknown>> {
  if (period === undefined) return equal
  return { ...equal, period: typeof period === 'string' ? period : { $gte: period.from, $lt: period.to } }
}

function selectionFilter({ unitUids, services, from, to, ...equal }: CellSelection): Readonly<Record<string, unknown>> {
  const isPeriodic: boolean = (['day', 'month', 'month_all_services'] satisfies CellLevel[] as string[]).includes(
    equal.level,
  )
  const range = { ...(from === null ? {} : { $gte: from }), ...(to === null ? {} : { $lt: to }) }
  return {
    ...equal,
    ...(unitUids === null ? {} : { unitUid: { $in: [...unitUids] } }),
    ...(services === null ? {} : { service: services.length === 1 ? services[0] : { $in: [...services] } }),
    ...(isPeriodic && Object.keys(range).length > 0 ? { period: range } : {}),
  }
}
