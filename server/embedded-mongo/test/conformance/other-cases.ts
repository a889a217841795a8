import type { Document } from 'bson'
import { type Case, does, fails, reads } from './kit.js'

const docs: readonly Document[] = [
  { _id: 1, a: 1, t: ['x', 'y'], in: [{ n: 1 }, { n: 2 }] },
  { _id: 2, a: 1.0, t: ['y'] },
  { _id: 3, a: 'b', t: [] },
  { _id: 4, a: null },
  { _id: 5 },
]

const counts = (filter: Document, answer: number): Case =>
  reads(`countDocuments ${JSON.stringify(filter)}`, docs, ({ items }) => items.countDocuments(filter), answer)

const counted = (fields: Document, answer: unknown): Case =>
  reads(
    `count ${JSON.stringify(fields)}`,
    docs,
    async ({ db, items }) => (await db.command({ count: items.collectionName, ...fields })).n,
    answer,
  )

/** Counting. */
export const countCases: readonly Case[] = [
  counts({}, 5),
  counts({ a: 1 }, 2),
  counts({ a: null }, 2),
  counts({ t: 'y' }, 2),
  counts({ a: 99 }, 0),
  counted({}, 5),
  counted({ query: { a: 1 } }, 2),
  counted({ query: { $foo: 1 } }, fails(2)),
  reads('estimatedDocumentCount', docs, ({ items }) => items.estimatedDocumentCount(), 5),
  does('a count of no collection', {}, ({ items }) => items.estimatedDocumentCount(), 0),
]

const command = (
  name: string,
  fields: Document,
  answer: unknown,
  pick: (reply: Document) => unknown = () => 'done',
): Case =>
  does(
    name,
    { docs: [{ _id: 1, a: 1 }] },
    async ({ db, items }) => {
      const named = Object.entries(fields).map(([key, value]) => [key, value === '@' ? items.collectionName : value])
      return pick(await db.command(Object.fromEntries(named)))
    },
    answer,
  )

/** Collections, sessions and what is refused whole. */
export const commandCases: readonly Case[] = [
  command('ping', { ping: 1 }, 1, ({ ok }) => ok),
  command(
    'hello says that it can be written to',
    { hello: 1 },
    [true, true],
    ({ isWritablePrimary, maxWireVersion }) => [isWritablePrimary, maxWireVersion >= 9],
  ),
  command('an unknown command', { foo: 1 }, fails(59)),
  command('create on a collection that is there', { create: '@' }, fails(48)),
  command('find with an unknown field', { find: '@', foo: 1 }, fails(40415)),
  command('find with a filter that is none', { find: '@', filter: 1 }, fails(14)),
  command('find of a number', { find: 1 }, fails(73)),
  command('find of no name', { find: '' }, fails(73)),
  command('insert without documents', { insert: '@' }, fails(40414)),
  command('update without updates', { update: '@' }, fails(40414)),
  command('delete without a limit', { delete: '@', deletes: [{ q: {} }] }, fails(40414)),
  command('delete with a limit of 2', { delete: '@', deletes: [{ q: {}, limit: 2 }] }, fails(9)),
  command('dropIndexes of no collection', { dropIndexes: 'none', index: '*' }, fails(26)),
  command(
    'a write concern of two servers',
    { insert: '@', documents: [{ _id: 9 }], writeConcern: { w: 1 } },
    1,
    ({ n }) => n,
  ),
  command(
    'aggregate over a change stream',
    { aggregate: '@', pipeline: [{ $changeStream: {} }], cursor: {} },
    fails(40573),
  ),
  command('delete by a filter', { delete: '@', deletes: [{ q: { a: 1 }, limit: 0 }] }, 1, ({ n }) => n),
  command(
    'update replies with counts',
    { update: '@', updates: [{ q: {}, u: { $set: { a: 2 } } }] },
    [1, 1],
    ({ n, nModified }) => [n, nModified],
  ),
  does(
    'drop of a collection',
    { docs: [{ _id: 1 }] },
    async ({ items }) => [await items.drop(), await items.countDocuments()],
    [true, 0],
  ),
  does(
    'listCollections by name',
    { docs: [{ _id: 1 }] },
    async ({ db, items }) =>
      (await db.listCollections({ name: items.collectionName }).toArray()).map(({ name, type }) => [
        name === items.collectionName,
        type,
      ]),
    [[true, 'collection']],
  ),
  does(
    'create, then empty',
    {},
    async ({ db, items }) => {
      await db.createCollection(items.collectionName)
      return [await items.countDocuments(), (await items.listIndexes().toArray()).length]
    },
    [0, 1],
  ),
  does(
    'a write that nobody waits for',
    {},
    async ({ db, items }) => {
      await db.collection(items.collectionName, { writeConcern: { w: 0 } }).insertOne({ _id: 1 as never })
      // The driver uses one connection at a time here, so the read comes after the write.
      for (let i = 0; i < 200; i++) if (Number(await items.countDocuments()) === 1) return 1
      return 0
    },
    1,
  ),
]
