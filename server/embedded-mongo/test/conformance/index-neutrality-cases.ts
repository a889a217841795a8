import type { Document } from 'bson'
import type { IndexDescription } from 'mongodb'
import { type Case, does } from './kit.js'

const docs: readonly Document[] = Array.from({ length: 60 }, (_, i) => ({
  _id: i,
  a: i % 5,
  b: [i % 3, i % 7],
  c: i % 2 ? 'odd' : null,
}))

/** The same answer with and without the index: the ids that the filter finds, in the order of the sort. */
const same = (index: IndexDescription['key'], filter: Document, sort: Document): Case =>
  does(
    `index ${JSON.stringify(index)} changes nothing for ${JSON.stringify(filter)} by ${JSON.stringify(sort)}`,
    { docs },
    async ({ items }) => {
      const ids = async () =>
        (await items.find(filter, { sort: { ...sort, _id: 1 } as never }).toArray()).map(({ _id }) => Number(_id))
      const before = await ids()
      await items.createIndex(index as never)
      const after = await ids()
      return [before.length > 0, JSON.stringify(before) === JSON.stringify(after)]
    },
    [true, true],
  )

const neutrality = [
  same({ a: 1 }, { a: 3 }, {}),
  same({ a: 1 }, { a: { $gt: 1, $lte: 3 } }, { a: -1 }),
  same({ a: -1 }, { a: { $in: [4, 1] } }, { a: 1 }),
  same({ b: 1 }, { b: { $gt: 2, $lt: 4 } }, { b: 1 }),
  same({ b: 1 }, { b: 6 }, { b: -1 }),
  same({ b: 1 }, { b: [1, 1] }, {}),
  same({ c: 1 }, { c: null }, {}),
  same({ c: 1 }, { c: { $ne: null } }, { c: 1 }),
  same({ a: 1, c: 1 }, { a: 2, c: 'odd' }, {}),
  same({ a: 1, c: -1 }, { a: { $gte: 2 } }, { a: 1, c: -1 }),
  same({ a: 1, b: 1 }, { a: 2, b: { $gte: 5 } }, {}),
]

/** An index never changes an answer. */
export const indexNeutralityCases: readonly Case[] = neutrality
