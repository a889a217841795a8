import { expect } from 'chai'
import type { Collection, Document } from 'mongodb'
import { errorsIn } from './support/validate.js'
import { failure, type Running, run } from './support.js'

describe('a second document with the same unique key', () => {
  let running: Running
  let codes: Collection<Document>
  before(async () => {
    running = await run()
    codes = running.db.collection('codes')
    await codes.createIndex({ code: 1, year: -1 }, { unique: true, name: 'one_code_a_year' })
    await codes.insertMany([
      { _id: 1 as never, code: 'A', year: 2026 },
      { _id: 2 as never, code: 'B', year: 2026 },
    ])
  })
  after(() => running.stop())

  const details = { keyPattern: { code: 1, year: -1 }, keyValue: { code: 'A', year: 2026 } }
  const message =
    'E11000 duplicate key error collection: test.codes index: one_code_a_year dup key: { code: "A", year: 2026 }'

  const paths: [string, () => Promise<unknown>][] = [
    ['insertOne', () => codes.insertOne({ code: 'A', year: 2026 })],
    ['updateOne', () => codes.updateOne({ code: 'B' }, { $set: { code: 'A' } })],
    ['replaceOne', () => codes.replaceOne({ code: 'B' }, { code: 'A', year: 2026 })],
    ['upsert', () => codes.updateOne({ code: 'C' }, { $set: { code: 'A', year: 2026 } }, { upsert: true })],
    ['findOneAndUpdate', () => codes.findOneAndUpdate({ code: 'B' }, { $set: { code: 'A' } })],
    ['bulkWrite', () => codes.bulkWrite([{ insertOne: { document: { code: 'A', year: 2026 } } }])],
  ]
  for (const [name, write] of paths) {
    it(`is refused by ${name}, and nothing changes`, async () => {
      const error = await failure(write())
      const told = name === 'bulkWrite' ? (error.writeErrors as Document[])[0]!.err : error
      expect(error.code).to.equal(11000)
      expect(told.errmsg ?? error.message).to.contain(message)
      if (name !== 'bulkWrite') expect(error).to.deep.include(details)
      expect(await codes.find().sort({ _id: 1 }).toArray()).to.deep.equal([
        { _id: 1, code: 'A', year: 2026 },
        { _id: 2, code: 'B', year: 2026 },
      ])
      expect(await errorsIn(running.dir, 'test.codes')).to.deep.equal([])
    })
  }

  it('is refused for _id with its own message', async () => {
    const error = await failure(codes.insertOne({ _id: 1 as never }))
    expect(error.message).to.equal('E11000 duplicate key error collection: test.codes index: _id_ dup key: { _id: 1 }')
    expect(error).to.deep.include({ keyPattern: { _id: 1 }, keyValue: { _id: 1 } })
  })

  it('is found when the index is made, and the index is then not there', async () => {
    const doubled = running.db.collection('doubled')
    await doubled.insertMany([{ a: 1 }, { a: 1 }, { a: 2 }])
    expect((await failure(doubled.createIndex({ a: 1 }, { unique: true }))).code).to.equal(11000)
    expect((await doubled.indexes()).map(({ name }) => name)).to.deep.equal(['_id_'])
    expect(await errorsIn(running.dir, 'test.doubled')).to.deep.equal([])
  })
})
