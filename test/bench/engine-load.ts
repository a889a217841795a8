/** The load of the engine's benchmark: the same calls for the embedded engine and for a server. */
import { type Collection, type Document, MongoClient, ObjectId } from 'mongodb'

/** Measured numbers by name; the unit is in the name. */
export type Numbers = Record<string, number>

const SECONDS = 3
const TEXT = 'x'.repeat(40)

/** A document of 939 bytes, shaped as an answered questionnaire. */
function responseDocument(number: number): Document {
  return {
    _id: new ObjectId(),
    number,
    unit: `unit-${number % 300}`,
    wave: `2026-q${(number % 4) + 1}`,
    submittedAt: new Date(1_767_225_600_000 + number * 1000),
    answers: Array.from({ length: 10 }, (_, i) => ({
      question: `q${i}`,
      code: String((number + i) % 5),
      note: TEXT.slice(i),
    })),
  }
}

/** Makes the two indexes of the benchmark and stores documents, a thousand at a time. */
export async function fill(collection: Collection, documents: number): Promise<void> {
  await collection.createIndex({ number: 1 }, { unique: true })
  await collection.createIndex({ unit: 1, submittedAt: -1 })
  for (let from = 0; from < documents; from += 1000) {
    const count = Math.min(1000, documents - from)
    await collection.insertMany(Array.from({ length: count }, (_, i) => responseDocument(from + i)))
  }
}

/** Calls per second of `connections` callers who each wait for their answer; the first half second isn't counted. */
async function perSecond(connections: number, call: (i: number) => Promise<unknown>): Promise<number> {
  let calls = 0
  const start = performance.now() + 500
  const end = start + SECONDS * 1000
  async function caller(i: number): Promise<void> {
    while (performance.now() < end) {
      await call(i)
      if (performance.now() > start) calls++
    }
  }
  await Promise.all(Array.from({ length: connections }, (_, i) => caller(i)))
  return Math.round(calls / SECONDS)
}

async function milliseconds(call: () => Promise<unknown>): Promise<number> {
  const before = performance.now()
  await call()
  return Math.round(performance.now() - before)
}

async function countStreamed(collection: Collection): Promise<number> {
  let count = 0
  for await (const _ of collection.find({}, { projection: { unit: 1, wave: 1 } })) count++
  return count
}

/** Runs the whole load on an empty database. */
export async function measureLoad(uri: string, dbName: string, documents: number): Promise<Numbers> {
  const client = await MongoClient.connect(uri, { maxPoolSize: 16, minPoolSize: 16 })
  try {
    const db = client.db(dbName)
    await db.dropDatabase()
    const written = db.collection('written')
    await fill(written, 1)
    let number = 1
    const insert = () => written.insertOne(responseDocument(number++), { writeConcern: { w: 1, j: true } })
    const insertsPerSecond1Connection = await perSecond(1, insert)
    const insertsPerSecond16Connections = await perSecond(16, insert)
    const collection = db.collection('read')
    await fill(collection, documents)
    const ids = (
      await collection
        .find({}, { projection: { _id: 1 } })
        .limit(10_000)
        .toArray()
    ).map(({ _id }) => _id)
    const anyOf = (count: number) => Math.floor(Math.random() * count)
    return {
      insertsPerSecond1Connection,
      insertsPerSecond16Connections,
      pingsPerSecond16Connections: await perSecond(16, () => db.command({ ping: 1 })),
      readsByIdPerSecond16Connections: await perSecond(16, () => collection.findOne({ _id: ids[anyOf(ids.length)]! })),
      readsByIdPerSecond1Connection: await perSecond(1, () => collection.findOne({ _id: ids[anyOf(ids.length)]! })),
      readsByUniqueKeyPerSecond16Connections: await perSecond(16, () =>
        collection.findOne({ number: anyOf(documents) }),
      ),
      updatesPerSecond16Connections: await perSecond(16, () =>
        collection.updateOne({ number: anyOf(documents) }, { $inc: { seen: 1 } }),
      ),
      rangesSorted20PerSecond16Connections: await perSecond(16, () =>
        collection
          .find({
            unit: `unit-${anyOf(300)}`,
            submittedAt: { $lt: new Date(1_767_225_600_000 + anyOf(documents) * 1000) },
          })
          .sort({ submittedAt: -1 })
          .limit(20)
          .toArray(),
      ),
      countUnindexedMs: await milliseconds(() => collection.countDocuments({ wave: '2026-q1' })),
      streamProjectedMs: await milliseconds(() => countStreamed(collection)),
    }
  } finally {
    await client.close()
  }
}
