import type { Document } from 'bson'
import type { Collection, IndexDescription } from 'mongodb'
import { bulk, type Case, does, fails } from './kit.js'

const unique: readonly IndexDescription[] = [{ key: { a: 1 }, unique: true, name: 'one_a' }]
const two: readonly Document[] = [
  { _id: 1, a: 1 },
  { _id: 2, a: 2 },
]

/** Code, pattern and values of a duplicate-key error, wherever the reply carries them. */
async function duplicateOf(write: Promise<unknown>): Promise<unknown> {
  try {
    await write
    return 'no error'
  } catch (error) {
    const { code, keyPattern, keyValue, writeErrors, errorResponse } = error as Document
    const [first] = Array.isArray(writeErrors) ? writeErrors : [writeErrors]
    const detail = first?.err ?? errorResponse ?? {}
    return { code, keyPattern: keyPattern ?? detail.keyPattern, keyValue: keyValue ?? detail.keyValue }
  }
}

const DUPLICATE = { code: 11000, keyPattern: { a: 1 }, keyValue: { a: 1 } }

const clashes = (name: string, write: (items: Collection) => Promise<unknown>, answer: unknown = DUPLICATE): Case =>
  does(name, { docs: two, indexes: unique }, ({ items }) => duplicateOf(write(items)), answer)

/** Duplicate keys on every way to write. */
export const duplicateCases: readonly Case[] = [
  clashes('insert', (items) => items.insertOne({ _id: 3, a: 1 } as never)),
  does(
    'insert of several',
    { docs: two, indexes: unique },
    async ({ db, items }) => {
      const reply = await db.command({
        insert: items.collectionName,
        documents: [
          { _id: 3, a: 3 },
          { _id: 4, a: 1 },
        ],
      })
      const [{ index, code, keyPattern, keyValue }] = reply.writeErrors
      return [reply.n, index, { code, keyPattern, keyValue }]
    },
    [1, 1, DUPLICATE],
  ),
  clashes('update', (items) => items.updateOne({ a: 2 }, { $set: { a: 1 } })),
  clashes('update of many', (items) => items.updateMany({ a: 2 }, { $inc: { a: -1 } })),
  clashes('replace', (items) => items.replaceOne({ a: 2 }, { a: 1 })),
  clashes('upsert', (items) => items.updateOne({ _id: 9 as never }, { $set: { a: 1 } }, { upsert: true })),
  clashes('findAndModify', (items) => items.findOneAndUpdate({ a: 2 }, { $set: { a: 1 } })),
  clashes('findAndModify that inserts', (items) =>
    items.findOneAndUpdate({ _id: 9 as never }, { $set: { a: 1 } }, { upsert: true }),
  ),
  clashes('findAndModify that replaces', (items) => items.findOneAndReplace({ a: 2 }, { a: 1 })),
  clashes('the id', (items) => items.insertOne({ _id: 1, a: 7 } as never), {
    code: 11000,
    keyPattern: { _id: 1 },
    keyValue: { _id: 1 },
  }),
  clashes('another type of the same number', (items) => items.insertOne({ _id: 3, a: 1.0 } as never)),
  clashes('no clash with itself', (items) => items.updateOne({ a: 1 }, { $set: { b: 1 } }), 'no error'),
  clashes(
    'a value that was freed',
    async (items) => {
      await items.deleteOne({ a: 1 })
      await items.insertOne({ _id: 3, a: 1 } as never)
    },
    'no error',
  ),
  bulk(
    'ordered bulk stops at the duplicate',
    { docs: two, indexes: unique },
    [
      { insertOne: { document: { _id: 3, a: 3 } as never } },
      { insertOne: { document: { _id: 4, a: 1 } as never } },
      { insertOne: { document: { _id: 5, a: 5 } as never } },
    ],
    true,
    { errors: [[1, 11000]], docs: [...two, { _id: 3, a: 3 }] },
  ),
  bulk(
    'unordered bulk goes on after the duplicate',
    { docs: two, indexes: unique },
    [
      { insertOne: { document: { _id: 3, a: 1 } as never } },
      { insertOne: { document: { _id: 4, a: 2 } as never } },
      { insertOne: { document: { _id: 5, a: 5 } as never } },
    ],
    false,
    {
      errors: [
        [0, 11000],
        [1, 11000],
      ],
      docs: [...two, { _id: 5, a: 5 }],
    },
  ),
]

const one = [{ _id: 1, a: 1 }]

/** Bulk writes: counts, order and errors. */
export const bulkCases: readonly Case[] = [
  bulk(
    'a mixture of writes',
    { docs: two },
    [
      { insertOne: { document: { _id: 3, a: 3 } as never } },
      { updateOne: { filter: { a: 1 }, update: { $set: { a: 10 } } } },
      { updateMany: { filter: {}, update: { $inc: { n: 1 } } } },
      { deleteOne: { filter: { a: 2 } } },
      { replaceOne: { filter: { a: 3 }, replacement: { b: 1 } } },
      { updateOne: { filter: { _id: 9 as never }, update: { $set: { a: 9 } }, upsert: true } },
    ],
    true,
    {
      counts: [1, 5, 5, 1, 1],
      docs: [
        { _id: 1, a: 10, n: 1 },
        { _id: 3, b: 1 },
        { _id: 9, a: 9 },
      ],
    },
  ),
  bulk(
    'an update that changes nothing',
    { docs: one },
    [{ updateOne: { filter: { a: 1 }, update: { $set: { a: 1 } } } }],
    true,
    {
      counts: [0, 1, 0, 0, 0],
      docs: one,
    },
  ),
  bulk('deletes of many', { docs: two }, [{ deleteMany: { filter: {} } }], true, { counts: [0, 0, 0, 2, 0], docs: [] }),
  bulk(
    'ordered updates stop at the first error',
    {
      docs: [
        { _id: 1, a: 'x' },
        { _id: 2, a: 1 },
      ],
    },
    [
      { updateOne: { filter: { _id: 1 as never }, update: { $inc: { a: 1 } } } },
      { updateOne: { filter: { _id: 2 as never }, update: { $inc: { a: 1 } } } },
    ],
    true,
    {
      errors: [[0, 14]],
      docs: [
        { _id: 1, a: 'x' },
        { _id: 2, a: 1 },
      ],
    },
  ),
  bulk(
    'unordered updates go on',
    {
      docs: [
        { _id: 1, a: 'x' },
        { _id: 2, a: 1 },
      ],
    },
    [
      { updateOne: { filter: { _id: 1 as never }, update: { $inc: { a: 1 } } } },
      { updateOne: { filter: { _id: 2 as never }, update: { $inc: { a: 1 } } } },
    ],
    false,
    {
      errors: [[0, 14]],
      docs: [
        { _id: 1, a: 'x' },
        { _id: 2, a: 2 },
      ],
    },
  ),
  bulk('an empty filter that deletes one', { docs: one }, [{ deleteOne: { filter: {} } }], true, {
    counts: [0, 0, 0, 1, 0],
    docs: [],
  }),
  does(
    'a thousand inserts in one command',
    {},
    async ({ items }) => {
      const reply = await items.insertMany(Array.from({ length: 1000 }, (_, i) => ({ _id: i as never })))
      return [reply.insertedCount, await items.countDocuments()]
    },
    [1000, 1000],
  ),
  does('an insert of an array as id', {}, ({ items }) => items.insertOne({ _id: [1] } as never), fails(53)),
  does(
    'an insert of no documents',
    {},
    ({ db, items }) => db.command({ insert: items.collectionName, documents: [] }),
    fails(16),
  ),
]
