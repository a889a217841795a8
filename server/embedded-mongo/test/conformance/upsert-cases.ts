import { type Document, ObjectId } from 'bson'
import { type Case, does, fails, show } from './kit.js'

/** The document that an upsert into an empty collection makes, without a generated id. */
function upserts(filter: Document, update: Document, answer: Document): Case {
  return does(
    `upsert ${show(filter)} by ${show(update)}`,
    {},
    async ({ items }) => {
      await items.updateOne(filter, update, { upsert: true })
      const [made] = await items.find({}, { projection: '_id' in answer ? {} : { _id: 0 } }).toArray()
      return made
    },
    answer,
  )
}

/** Upserts: what they start from, and what they answer. */
export const upsertCases: readonly Case[] = [
  upserts({ _id: 7 }, { $set: { a: 1 } }, { _id: 7, a: 1 }),
  upserts({ a: 1 }, { $set: { b: 2 } }, { a: 1, b: 2 }),
  upserts({ a: { $eq: 1 } }, { $set: { b: 2 } }, { a: 1, b: 2 }),
  upserts({ a: { $in: [1] } }, { $set: { b: 2 } }, { a: 1, b: 2 }),
  upserts({ a: { $in: [1, 2] } }, { $set: { b: 2 } }, { b: 2 }),
  upserts({ $and: [{ a: 1 }, { b: { $gt: 5 } }] }, { $set: { c: 2 } }, { a: 1, c: 2 }),
  upserts({ $or: [{ a: 1 }] }, { $set: { c: 2 } }, { a: 1, c: 2 }),
  upserts({ $or: [{ a: 1 }, { b: 1 }] }, { $set: { c: 2 } }, { c: 2 }),
  upserts({ a: { $gt: 1 }, b: { $ne: 2 } }, { $set: { c: 2 } }, { c: 2 }),
  upserts({ 'a.b': 1 }, { $set: { 'a.c': 2 } }, { a: { b: 1, c: 2 } }),
  upserts({ a: /x/ }, { $set: { c: 2 } }, fails(2)),
  upserts({ a: null }, { $set: { c: 2 } }, { a: null, c: 2 }),
  upserts({ a: { b: 1 } }, { $set: { c: 2 } }, { a: { b: 1 }, c: 2 }),
  upserts({ a: 1 }, { $inc: { a: 1 } }, { a: 2 }),
  upserts({ a: 1 }, { $set: { b: 1 }, $setOnInsert: { c: 1 } }, { a: 1, b: 1, c: 1 }),
  upserts({ a: 1 }, { $setOnInsert: { _id: 9 } }, { _id: 9, a: 1 }),
  upserts({ a: 1 }, { $push: { b: 1 } }, { a: 1, b: [1] }),
  upserts({ a: 1 }, { $unset: { a: '' } }, {}),
  upserts({ _id: 1 }, { $set: { _id: 2 } }, fails(66)),
  upserts({ a: 'x' }, { $inc: { a: 1 } }, fails(14)),
  upserts({ a: 1, $and: [{ a: 2 }] }, { $set: { b: 1 } }, fails(54)),
  does(
    'replaceOne takes only the id from the filter',
    {},
    async ({ items }) => {
      await items.replaceOne({ _id: 3 as never, a: 1 }, { b: 2 }, { upsert: true })
      return items.find().toArray()
    },
    [{ _id: 3, b: 2 }],
  ),
  does(
    'the reply names the new id',
    {},
    async ({ items }) => {
      const reply = await items.updateOne({ _id: 5 as never }, { $set: { a: 1 } }, { upsert: true })
      return [reply.matchedCount, reply.modifiedCount, reply.upsertedCount, reply.upsertedId]
    },
    [0, 0, 1, 5],
  ),
  does(
    'an id is made when there is none',
    {},
    async ({ items }) => {
      await items.updateOne({ a: 1 }, { $set: { b: 1 } }, { upsert: true })
      return items.countDocuments({ _id: { $gt: new ObjectId('000000000000000000000000') } })
    },
    1,
  ),
  does(
    'no second document when one matches',
    { docs: [{ _id: 1, a: 1 }] },
    async ({ items }) => {
      const reply = await items.updateOne({ a: 1 }, { $set: { b: 1 }, $setOnInsert: { c: 1 } }, { upsert: true })
      return [reply.upsertedCount, await items.find().toArray()]
    },
    [0, [{ _id: 1, a: 1, b: 1 }]],
  ),
  does(
    'twenty at once make one document',
    { indexes: [{ key: { a: 1 }, unique: true }] },
    async ({ items }) => {
      const race = Array.from({ length: 20 }, () =>
        items.updateOne({ a: 1 }, { $inc: { n: 1 } }, { upsert: true }).catch(() => false),
      )
      await Promise.all(race)
      return items.countDocuments({ a: 1 })
    },
    1,
  ),
]
