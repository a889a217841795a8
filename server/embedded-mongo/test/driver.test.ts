import { expect } from 'chai'
import { Long, ObjectId } from 'mongodb'
import { failure, type Running, run } from './support.js'

describe('the engine, asked by the official driver', () => {
  let running: Running
  before(async () => {
    running = await run()
  })
  after(() => running.stop())

  const people = () => running.db.collection<{ _id: number; name?: string; age?: number }>(`people_${counter}`)
  let counter = 0
  beforeEach(() => {
    counter++
  })

  it('keeps the types of numbers when another field is updated', async () => {
    const mixed = running.db.collection('mixed')
    await mixed.insertOne({ long: Long.fromString('9007199254740993'), n: 1 })
    await mixed.updateOne({}, { $inc: { n: 1 } })
    const [stored] = await mixed.find({}, { promoteLongs: false }).toArray()
    expect(String(stored?.long)).to.equal('9007199254740993')
    expect(stored?.n).to.equal(2)
  })

  it('makes an _id and puts it first', async () => {
    const { client } = running
    const raw = client.db('test', { forceServerObjectId: true }).collection(`forced_${counter}`)
    await raw.insertOne({ name: 'An' }, { forceServerObjectId: true })
    const [stored] = await raw.find().toArray()
    expect(Object.keys(stored!)).to.deep.equal(['_id', 'name'])
    expect(stored?._id).to.be.instanceOf(ObjectId)
  })

  it('gives a long result in batches, and stops when the cursor is closed', async () => {
    const documents = Array.from({ length: 1000 }, (_, i) => ({ _id: i, name: 'x'.repeat(100) }))
    await people().insertMany(documents)
    const all = await people().find().sort({ _id: 1 }).batchSize(7).toArray()
    expect(all.map(({ _id }) => _id)).to.deep.equal(documents.map(({ _id }) => _id))
    const cursor = people().find().batchSize(10)
    await cursor.next()
    const { id } = cursor
    await cursor.close()
    const more = running.db.command({ getMore: id, collection: `people_${counter}` })
    expect((await failure(more)).code).to.equal(43)
  })

  it('sees the documents written between two batches once each', async () => {
    await people().insertMany(Array.from({ length: 50 }, (_, i) => ({ _id: i * 2 })))
    const cursor = people().find().batchSize(10)
    const seen: unknown[] = []
    for await (const { _id } of cursor) {
      seen.push(_id)
      if (seen.length === 10) await people().insertOne({ _id: 1 })
      if (seen.length === 20) await people().deleteOne({ _id: 98 })
    }
    expect(seen).to.deep.equal(Array.from({ length: 49 }, (_, i) => i * 2))
  })

  it('caps a batch at 16 MB', async () => {
    await people().insertMany(Array.from({ length: 5 }, (_, i) => ({ _id: i, name: 'x'.repeat(7_000_000) })))
    const { cursor } = await running.db.command({ find: `people_${counter}`, batchSize: 5 })
    expect(cursor.firstBatch).to.have.length(2)
    expect((await people().find().toArray()).map(({ _id }) => _id)).to.deep.equal([0, 1, 2, 3, 4])
  })

  it('stops an ordered bulk at the first error and goes on in an unordered one', async () => {
    const documents = [{ _id: 1 }, { _id: 1 }, { _id: 2 }]
    const ordered = await failure(people().insertMany(documents))
    expect(ordered).to.deep.include({ code: 11000, insertedCount: 1 })
    const unordered = await failure(people().insertMany([{ _id: 1 }, { _id: 3 }, { _id: 2 }], { ordered: false }))
    expect(unordered.insertedCount).to.equal(2)
    expect(await people().countDocuments()).to.equal(3)
  })

  it('runs a mixed bulk', async () => {
    const result = await people().bulkWrite([
      { insertOne: { document: { _id: 1, age: 3 } } },
      { updateOne: { filter: { _id: 1 }, update: { $inc: { age: 1 } } } },
      { updateOne: { filter: { _id: 2 }, update: { $set: { age: 9 } }, upsert: true } },
      { replaceOne: { filter: { _id: 2 }, replacement: { name: 'Bình' } } },
      { deleteOne: { filter: { age: 4 } } },
    ])
    expect(result).to.deep.include({
      insertedCount: 1,
      matchedCount: 2,
      modifiedCount: 2,
      upsertedCount: 1,
      deletedCount: 1,
    })
    expect(await people().find().toArray()).to.deep.equal([{ _id: 2, name: 'Bình' }])
  })

  it('makes one document of twenty upserts at once', async () => {
    const upsert = () => people().updateOne({ name: 'An' }, { $inc: { age: 1 } }, { upsert: true })
    await Promise.all(Array.from({ length: 20 }, upsert))
    expect((await people().find().toArray()).map(({ age }) => age)).to.deep.equal([20])
  })

  it('answers nothing to write concern 0, and does the write', async () => {
    await people().insertOne({ _id: 1 }, { writeConcern: { w: 0 } })
    expect(await people().countDocuments()).to.equal(1)
  })

  it('refuses transactions, change streams and other collations in words', async () => {
    const session = running.client.startSession()
    session.startTransaction()
    expect((await failure(people().insertOne({ _id: 1 }, { session }))).message).to.match(
      /transactions|Transaction numbers/,
    )
    await session.abortTransaction().catch(() => {})
    await session.endSession()
    expect((await failure(people().watch().next())).code).to.be.a('number')
    expect(
      (
        await failure(
          people()
            .find({}, { collation: { locale: 'vi' } })
            .toArray(),
        )
      ).code,
    ).to.equal(40415)
  })

  const refused: [string, Record<string, unknown>, number][] = [
    ['an unknown command', { frobnicate: 1 }, 59],
    ['an unknown field', { find: 'a', filtre: {} }, 40415],
    ['a field of the wrong type', { find: 'a', filter: 3 }, 14],
    ['a negative skip', { find: 'a', skip: -1 }, 51024],
    ['a database of a bad name', { find: '' }, 73],
    ['a hint', { find: 'a', hint: '_id_' }, 40415],
    ['a limit of time', { find: 'a', maxTimeMS: 1 }, 40415],
    ['read concern snapshot', { find: 'a', readConcern: { level: 'snapshot' } }, 238],
    ['write concern 2', { insert: 'a', documents: [{}], writeConcern: { w: 2 } }, 100],
    ['an empty bulk', { insert: 'a', documents: [] }, 16],
    ['a capped collection', { create: 'capped', capped: true, size: 1000 }, 40415],
    ['a text index', { createIndexes: 'a', indexes: [{ key: { x: 'text' }, name: 'x' }] }, 67],
    [
      'an index with a collation',
      { createIndexes: 'a', indexes: [{ key: { x: 1 }, name: 'x', collation: { locale: 'vi' } }] },
      40415,
    ],
    ['dropping the index of _id', { dropIndexes: 'a', index: '_id_' }, 72],
    ['listing the indexes of nothing', { listIndexes: 'nothing' }, 26],
  ]
  for (const [what, command, code] of refused) {
    it(`refuses ${what} with code ${code}`, async () => {
      await running.db.collection('a').updateOne({ _id: 1 as never }, { $set: { x: 1 } }, { upsert: true })
      expect((await failure(running.db.command(command))).code).to.equal(code)
    })
  }

  it('tells of each flush to disk', async () => {
    const flushes: { writes: number; seconds: number }[] = []
    const own = await run(undefined, { onFlush: (flush) => flushes.push(flush) })
    try {
      const items = own.db.collection<{ _id: number }>('items')
      await Promise.all(Array.from({ length: 40 }, (_, i) => items.insertOne({ _id: i })))
    } finally {
      await own.stop()
    }
    expect(flushes.length).to.be.within(1, 40)
    expect(flushes.reduce((sum, { writes }) => sum + writes, 0)).to.equal(40)
    expect(Math.min(...flushes.map(({ seconds }) => seconds))).to.be.greaterThan(0)
  })
})
