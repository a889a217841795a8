import type { Document } from 'bson'
import { expect } from 'chai'
import type { Collection } from 'mongodb'
import { readSort, sortKey } from '../../query/sort.js'
import { bruteForce } from '../support/brute-force.js'
import { plainDocument, randomFilter } from '../support/random-filters.js'
import { pick, randomFrom } from '../support/random-values.js'
import { type Running, run } from '../support.js'

const FILTERS = 300
const DOCUMENTS = 250
/** One set of indexes per collection; the last is of two fields, so documents with two arrays stay out of it. */
const INDEXES: Document[][] = [
  [{ a: 1 }, { b: -1 }],
  [{ 'a.b': 1 }, { 'b.a': 1 }],
  [{ a: 1, b: -1 }],
  [{ b: 1, 'a.a': 1 }],
]

/** Ids that leave this rest when divided. */
const every = (divisor: number, rest: number) =>
  Array.from({ length: DOCUMENTS }, (_, i) => i).filter((i) => i % divisor === rest)

describe('queries by index on random documents', function () {
  this.timeout(60_000)
  let engine: Running
  before(async () => {
    engine = await run()
  })
  after(() => engine.stop())

  async function fill(items: Collection, indexes: readonly Document[], seed: number): Promise<Document[]> {
    const random = randomFrom(seed)
    for (const key of indexes) await items.createIndex(key as never)
    const docs = Array.from({ length: DOCUMENTS }, (_, _id) => ({ _id, ...plainDocument(random, 3) }) as Document)
    await items
      .insertMany(docs as never, { ordered: false })
      .catch((error: { code: number }) => expect(error.code).to.equal(171))
    // Updates and deletes come first, since entries left behind by them would be found.
    await items.deleteMany({ _id: { $in: every(10, 3) } } as never)
    await items.updateMany({ _id: { $in: every(7, 2) } } as never, { $set: { a: 1 }, $unset: { b: '' } })
    return items.find().toArray()
  }

  for (const [i, indexes] of INDEXES.entries()) {
    it(`give with ${JSON.stringify(indexes)} what a second evaluation gives, ${FILTERS} filters`, async () => {
      const items = engine.db.collection(`items_${i}`)
      const docs = await fill(items, indexes, 100 + i)
      const random = randomFrom(200 + i)
      for (let n = 0; n < FILTERS; n++) {
        const filter = randomFilter(random, 1)
        const sort = { [pick(random, ['a', 'b', '_id', 'a.b'])]: random() < 0.5 ? 1 : -1 } as const
        const found = await items.find(filter, { sort }).toArray()
        const keys = found.map(sortKey(readSort(sort)))
        const isSorted = keys.every((key, at) => at === 0 || Buffer.compare(keys[at - 1]!, key) <= 0)
        expect(isSorted, JSON.stringify([filter, sort])).to.equal(true)
        const ids = found.map(({ _id }) => Number(_id)).sort((x, y) => x - y)
        const expected = docs.filter((doc) => bruteForce(doc, filter)).map(({ _id }) => Number(_id))
        expect(ids, JSON.stringify(filter)).to.deep.equal(expected)
      }
    })
  }
})
