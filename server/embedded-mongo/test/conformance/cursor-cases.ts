import { type Document, Long } from 'bson'
import { type Case, does, fails, type Place, reads } from './kit.js'

const many: readonly Document[] = Array.from({ length: 250 }, (_, i) => ({ _id: i, even: i % 2 === 0 }))

interface Batch {
  readonly ids: unknown[]
  readonly isOpen: boolean
  readonly id: unknown
}

/** A cursor's id must go back as the Long that it came as. */
const LONGS = { promoteLongs: false }

async function batchOf(reply: Promise<Document>): Promise<Batch> {
  const { cursor } = await reply
  const batch = (cursor.firstBatch ?? cursor.nextBatch) as Document[]
  return { ids: batch.map(({ _id }) => _id), isOpen: String(cursor.id) !== '0', id: cursor.id }
}

const find = ({ db, items }: Place, fields: Document) =>
  batchOf(db.command({ find: items.collectionName, ...fields }, LONGS))
const more = ({ db, items }: Place, id: unknown, fields: Document = {}) =>
  batchOf(db.command({ getMore: id, collection: items.collectionName, ...fields }, LONGS))

/** Number of documents in the first batch and whether the cursor stays open. */
const first = (fields: Document, answer: unknown): Case =>
  reads(
    `first batch of ${JSON.stringify(fields)}`,
    many,
    async (place) => {
      const { ids, isOpen } = await find(place, fields)
      return [ids.length, isOpen]
    },
    answer,
  )

/** Cursors: batches, getMore, killCursors. */
export const cursorCases: readonly Case[] = [
  first({}, [101, true]),
  first({ batchSize: 10 }, [10, true]),
  first({ batchSize: 0 }, [0, true]),
  first({ batchSize: 1000 }, [250, false]),
  first({ batchSize: 10, singleBatch: true }, [10, false]),
  first({ limit: 5 }, [5, false]),
  first({ limit: 5, batchSize: 2 }, [2, true]),
  first({ filter: { _id: 7 } }, [1, false]),
  first({ filter: { _id: -1 } }, [0, false]),
  first({ limit: 0, batchSize: 300 }, [250, false]),
  first({ skip: 200 }, [50, false]),
  first({ limit: -1 }, fails(51024)),
  first({ skip: -1 }, fails(51024)),
  first({ batchSize: -1 }, fails(51024)),
  reads(
    'the driver gets every document once',
    many,
    async ({ items }) => (await items.find({}, { batchSize: 7 }).toArray()).length,
    250,
  ),
  reads(
    'a sort is kept over the batches',
    many,
    async ({ items }) => {
      const ids = (await items.find({ even: true }, { batchSize: 20, sort: { _id: -1 } }).toArray()).map(({ _id }) =>
        Number(_id),
      )
      return ids.every((id, i) => id === 248 - 2 * i)
    },
    true,
  ),
  reads(
    'getMore without a size gives the rest',
    many,
    async (place) => {
      const { id } = await find(place, { batchSize: 10 })
      const { ids, isOpen } = await more(place, id)
      return [ids.length, isOpen]
    },
    [240, false],
  ),
  reads(
    'getMore by size',
    many,
    async (place) => {
      const { id } = await find(place, { batchSize: 10 })
      const { ids, isOpen } = await more(place, id, { batchSize: 5 })
      await place.db.command({ killCursors: place.items.collectionName, cursors: [id] })
      return [ids.length, isOpen]
    },
    [5, true],
  ),
  reads('getMore of no such cursor', many, (place) => more(place, Long.fromNumber(12345678)), fails(43)),
  reads(
    'getMore of an exhausted cursor',
    many,
    async (place) => {
      const { id } = await find(place, { batchSize: 10 })
      await more(place, id)
      return more(place, id)
    },
    fails(43),
  ),
  reads(
    'a killed cursor is gone',
    many,
    async (place) => {
      const { id } = await find(place, { batchSize: 10 })
      await place.db.command({ killCursors: place.items.collectionName, cursors: [id] })
      return more(place, id)
    },
    fails(43),
  ),
  reads(
    'killCursors tells what it killed and what it did not find',
    many,
    async (place) => {
      const { id } = await find(place, { batchSize: 10 })
      const reply = await place.db.command({
        killCursors: place.items.collectionName,
        cursors: [id, Long.fromNumber(77)],
      })
      return [reply.cursorsKilled.length, reply.cursorsNotFound.length, reply.cursorsAlive.length]
    },
    [1, 1, 0],
  ),
  reads(
    'aggregate has batches too',
    many,
    async ({ db, items }) => {
      const pipeline = [{ $match: {} }, { $group: { _id: 1, n: { $sum: 1 } } }]
      const { ids, isOpen } = await batchOf(
        db.command({ aggregate: items.collectionName, pipeline, cursor: { batchSize: 0 } }),
      )
      return [ids, isOpen]
    },
    [[], true],
  ),
  reads(
    'aggregate without a cursor',
    many,
    ({ db, items }) => db.command({ aggregate: items.collectionName, pipeline: [] }),
    fails(9),
  ),
  does('a find in a collection that is not there', {}, ({ items }) => items.find().toArray(), []),
  does(
    'documents deleted on the way are left out or given, none twice',
    { docs: many },
    async ({ items }) => {
      const cursor = items.find({}, { batchSize: 50 })
      const seen = new Set<number>()
      let count = 0
      for await (const { _id } of cursor) {
        if (count === 0) await items.deleteMany({ even: true })
        seen.add(Number(_id))
        count++
      }
      return [seen.size === count, count >= 125]
    },
    [true, true],
  ),
]
