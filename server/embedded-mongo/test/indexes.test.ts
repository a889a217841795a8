import { expect } from 'chai'
import type { ObjectId } from 'mongodb'
import { errorsIn } from './support/validate.js'
import { failure, type Running, run } from './support.js'

describe('the indexes of the engine', () => {
  let running: Running
  let counter = 0
  before(async () => {
    running = await run(undefined, { expiryMs: 20 })
  })
  after(() => running.stop())
  const fresh = () =>
    running.db.collection<Record<string, unknown> & { _id?: number | ObjectId }>(`things_${++counter}`)
  const check = () => errorsIn(running.dir, `test.things_${counter}`)

  it('let a unique sparse index pass documents without the field', async () => {
    const things = fresh()
    await things.createIndex({ code: 1 }, { unique: true, sparse: true })
    await things.insertMany([{ a: 1 }, { a: 2 }, { code: null }])
    expect((await failure(things.insertOne({ code: null }))).code).to.equal(11000)
    expect(await things.countDocuments({ code: null })).to.equal(3)
    expect(await check()).to.deep.equal([])
  })

  it('let a unique partial index see only what it covers, before and after a change', async () => {
    const things = fresh()
    await things.createIndex({ code: 1 }, { unique: true, partialFilterExpression: { open: true } })
    await things.insertMany([
      { _id: 1, code: 'a', open: true },
      { _id: 2, code: 'a', open: false },
    ])
    expect((await failure(things.updateOne({ _id: 2 }, { $set: { open: true } }))).code).to.equal(11000)
    await things.updateOne({ _id: 1 }, { $set: { open: false } })
    await things.updateOne({ _id: 2 }, { $set: { open: true } })
    expect(await things.find({ code: 'a' }).sort({ _id: 1 }).toArray()).to.have.length(2)
    expect(await check()).to.deep.equal([])
  })

  it('find every element of an array once, and drop those that go', async () => {
    const things = fresh()
    await things.createIndex({ 'tags.name': 1, n: -1 })
    await things.insertOne({ _id: 1, n: 1, tags: [{ name: 'a' }, { name: 'b' }, { name: 'a' }] })
    expect(await things.find({ 'tags.name': { $in: ['a', 'b'] } }).toArray()).to.have.length(1)
    await things.updateOne({ _id: 1 }, { $pull: { tags: { name: 'a' } } } as never)
    expect(await things.countDocuments({ 'tags.name': 'a' })).to.equal(0)
    expect(await check()).to.deep.equal([])
  })

  it('tell long texts apart that are the same at the beginning, and sort them rightly', async () => {
    const things = fresh()
    await things.createIndex({ text: 1 }, { unique: true })
    const texts = ['a', 'b', 'c', 'é'].map((end) => 'x'.repeat(3000) + end)
    await things.insertMany(texts.map((text) => ({ text })))
    expect((await failure(things.insertOne({ text: texts[1] }))).code).to.equal(11000)
    expect((await things.find({}).sort({ text: -1 }).toArray()).map(({ text }) => text)).to.deep.equal(
      [...texts].reverse(),
    )
    expect(await things.countDocuments({ text: { $gt: texts[0]!, $lte: texts[2]! } })).to.equal(2)
    expect(await check()).to.deep.equal([])
  })

  it('keep large Longs and Decimals apart, and equal numbers of two types together', async () => {
    const { Long, Decimal128, Double } = await import('mongodb')
    const things = fresh()
    await things.createIndex({ n: 1 }, { unique: true })
    await things.insertMany([{ n: Long.fromString('9007199254740992') }, { n: Long.fromString('9007199254740993') }])
    await things.insertMany([{ n: Decimal128.fromString('0.1') }, { n: new Double(0.1) }, { n: new Double(7) }])
    for (const same of [Decimal128.fromString('9007199254740993'), Long.fromNumber(7)]) {
      expect((await failure(things.insertOne({ n: same }))).code).to.equal(11000)
    }
  })

  it('remove documents whose time is over, and only those', async () => {
    const things = fresh()
    await things.createIndex({ at: 1 }, { expireAfterSeconds: 10 })
    const ago = (seconds: number) => new Date(Date.now() - seconds * 1000)
    await things.insertMany([
      { _id: 1, at: ago(11) },
      { _id: 2, at: ago(5) },
      { _id: 3, at: 'text' },
      { _id: 4 },
      { _id: 5, at: [ago(1), ago(20)] },
    ])
    while ((await things.countDocuments({})) > 3) await running.db.command({ ping: 1 })
    expect((await things.find().sort({ _id: 1 }).toArray()).map(({ _id }) => _id)).to.deep.equal([2, 3, 4])
    expect(await check()).to.deep.equal([])
  })

  it('are made all or none', async () => {
    const things = fresh()
    await things.insertMany([{ a: 1, b: [1], c: [2] }])
    const indexes = [
      { key: { a: 1 }, name: 'a' },
      { key: { b: 1, c: 1 }, name: 'bc' },
    ] as never[]
    expect((await failure(things.createIndexes(indexes))).code).to.equal(171)
    expect((await things.indexes()).map(({ name }) => name)).to.deep.equal(['_id_'])
  })

  it('are refused when they contradict one that is there', async () => {
    const things = fresh()
    await things.createIndex({ a: 1 }, { name: 'first' })
    expect((await failure(things.createIndex({ b: 1 }, { name: 'first' }))).code).to.equal(86)
    expect((await failure(things.createIndex({ a: 1 }, { name: 'second' }))).code).to.equal(85)
    expect((await failure(things.createIndex({ a: 1 }, { name: 'first', unique: true }))).code).to.be.oneOf([85, 86])
    expect(await things.createIndex({ a: 1 }, { name: 'first' })).to.equal('first')
  })

  it('go away with their entries', async () => {
    const things = fresh()
    await things.createIndex({ a: 1 }, { unique: true })
    await things.insertOne({ a: 1 })
    await things.dropIndex('a_1')
    await things.insertOne({ a: 1 })
    expect(await check()).to.deep.equal([])
    await things.drop()
    expect(await things.countDocuments()).to.equal(0)
  })
})
