import type { Document } from 'bson'
import type { IndexDescription } from 'mongodb'
import { type Case, does, fails } from './kit.js'

const INSERTED = 'all in'

/** Inserts into a collection with one index: all go in, or the first error's code. */
const accepts = (name: string, index: IndexDescription, docs: readonly Document[], answer: unknown): Case =>
  does(
    name,
    { indexes: [index] },
    async ({ items }) => {
      await items.insertMany(docs.map((doc) => ({ ...doc })))
      return INSERTED
    },
    answer,
  )

const unique = (key: IndexDescription['key'], more: Partial<IndexDescription> = {}): IndexDescription => ({
  key,
  unique: true,
  ...more,
})

const uniqueness = [
  accepts('unique: two missing clash as null', unique({ a: 1 }), [{ _id: 1 }, { _id: 2 }], fails(11000)),
  accepts('unique: missing clashes with null', unique({ a: 1 }), [{ _id: 1 }, { _id: 2, a: null }], fails(11000)),
  accepts(
    'unique and sparse: two missing are well',
    unique({ a: 1 }, { sparse: true }),
    [{ _id: 1 }, { _id: 2 }],
    INSERTED,
  ),
  accepts(
    'unique and sparse: two nulls clash',
    unique({ a: 1 }, { sparse: true }),
    [
      { _id: 1, a: null },
      { _id: 2, a: null },
    ],
    fails(11000),
  ),
  accepts(
    'compound: one field may repeat',
    unique({ a: 1, b: 1 }),
    [
      { _id: 1, a: 1, b: 1 },
      { _id: 2, a: 1, b: 2 },
    ],
    INSERTED,
  ),
  accepts(
    'compound: both may not',
    unique({ a: 1, b: 1 }),
    [
      { _id: 1, a: 1, b: 1 },
      { _id: 2, a: 1, b: 1 },
    ],
    fails(11000),
  ),
  accepts(
    'compound, descending',
    unique({ a: 1, b: -1 }),
    [
      { _id: 1, a: 1, b: 1 },
      { _id: 2, a: 1, b: 1 },
    ],
    fails(11000),
  ),
  accepts(
    'compound: missing counts as null',
    unique({ a: 1, b: 1 }),
    [
      { _id: 1, a: 1 },
      { _id: 2, a: 1, b: null },
    ],
    fails(11000),
  ),
  accepts(
    'multikey: an element clashes with a value',
    unique({ a: 1 }),
    [
      { _id: 1, a: [1, 2] },
      { _id: 2, a: 2 },
    ],
    fails(11000),
  ),
  accepts(
    'multikey: an element may repeat in one document',
    unique({ a: 1 }),
    [
      { _id: 1, a: [1, 1] },
      { _id: 2, a: 2 },
    ],
    INSERTED,
  ),
  accepts(
    'multikey: a path into documents',
    unique({ 'a.b': 1 }),
    [
      { _id: 1, a: [{ b: 1 }, { b: 2 }] },
      { _id: 2, a: { b: 2 } },
    ],
    fails(11000),
  ),
  accepts('two arrays in one index', { key: { a: 1, b: 1 } }, [{ _id: 1, a: [1], b: [1] }], fails(171)),
  accepts(
    'partial: outside the filter all goes',
    unique({ a: 1 }, { partialFilterExpression: { on: true } }),
    [
      { _id: 1, a: 1 },
      { _id: 2, a: 1 },
      { _id: 3, a: 1, on: true },
    ],
    INSERTED,
  ),
  accepts(
    'partial: inside the filter none repeats',
    unique({ a: 1 }, { partialFilterExpression: { on: true } }),
    [
      { _id: 1, a: 1, on: true },
      { _id: 2, a: 1, on: true },
    ],
    fails(11000),
  ),
  accepts(
    'an embedded document as a value',
    unique({ a: 1 }),
    [
      { _id: 1, a: { x: 1, y: 1 } },
      { _id: 2, a: { y: 1, x: 1 } },
    ],
    INSERTED,
  ),
  accepts(
    'long texts that differ at their end',
    unique({ a: 1 }),
    [
      { _id: 1, a: `${'x'.repeat(3000)}1` },
      { _id: 2, a: `${'x'.repeat(3000)}2` },
    ],
    INSERTED,
  ),
  accepts(
    'long texts that are equal',
    unique({ a: 1 }),
    [
      { _id: 1, a: 'x'.repeat(3000) },
      { _id: 2, a: 'x'.repeat(3000) },
    ],
    fails(11000),
  ),
  does(
    'a document that enters a partial index by an update',
    {
      docs: [
        { _id: 1, a: 1, on: true },
        { _id: 2, a: 1 },
      ],
      indexes: [unique({ a: 1 }, { partialFilterExpression: { on: true } })],
    },
    ({ items }) => items.updateOne({ _id: 2 as never }, { $set: { on: true } }),
    fails(11000),
  ),
  does(
    'a unique index over duplicates',
    {
      docs: [
        { _id: 1, a: 1 },
        { _id: 2, a: 1 },
      ],
    },
    ({ items }) => items.createIndex({ a: 1 }, { unique: true }),
    fails(11000),
  ),
]

const definitions = [
  does(
    'names an index after its fields',
    { docs: [{ _id: 1 }] },
    ({ items }) => items.createIndex({ a: 1, b: -1 }),
    'a_1_b_-1',
  ),
  does(
    'lists what was made',
    { docs: [{ _id: 1 }] },
    async ({ items }) => {
      await items.createIndex({ a: 1 }, { name: 'by_a', unique: true, sparse: true })
      await items.createIndex({ at: 1 }, { expireAfterSeconds: 60 })
      return (await items.listIndexes().toArray()).map(
        ({ name, key, unique = false, sparse = false, expireAfterSeconds = -1 }) => ({
          name,
          key,
          unique,
          sparse,
          expireAfterSeconds,
        }),
      )
    },
    [
      { name: '_id_', key: { _id: 1 }, unique: false, sparse: false, expireAfterSeconds: -1 },
      { name: 'by_a', key: { a: 1 }, unique: true, sparse: true, expireAfterSeconds: -1 },
      { name: 'at_1', key: { at: 1 }, unique: false, sparse: false, expireAfterSeconds: 60 },
    ],
  ),
  does(
    'makes the same index twice',
    { docs: [{ _id: 1 }] },
    async ({ items }) => [await items.createIndex({ a: 1 }), await items.createIndex({ a: 1 })],
    ['a_1', 'a_1'],
  ),
  does(
    'refuses a name with another key',
    { docs: [{ _id: 1 }] },
    async ({ items }) => {
      await items.createIndex({ a: 1 }, { name: 'x' })
      return items.createIndex({ b: 1 }, { name: 'x' })
    },
    fails(86),
  ),
  does(
    'refuses the same key with other options',
    { docs: [{ _id: 1 }] },
    async ({ items }) => {
      await items.createIndex({ a: 1 }, { name: 'x' })
      return items.createIndex({ a: 1 }, { name: 'x', unique: true })
    },
    fails(86),
  ),
  does(
    'refuses the same key under another name',
    { docs: [{ _id: 1 }] },
    async ({ items }) => {
      await items.createIndex({ a: 1 }, { name: 'x' })
      return items.createIndex({ a: 1 }, { name: 'y' })
    },
    fails(85),
  ),
  does(
    'drops an index by name',
    { indexes: [{ key: { a: 1 }, name: 'x' }] },
    async ({ items }) => {
      await items.dropIndex('x')
      return (await items.listIndexes().toArray()).map(({ name }) => name)
    },
    ['_id_'],
  ),
  does('drops no index that is not there', { docs: [{ _id: 1 }] }, ({ items }) => items.dropIndex('x'), fails(27)),
  does('keeps the index of the id', { docs: [{ _id: 1 }] }, ({ items }) => items.dropIndex('_id_'), fails(72)),
  does(
    'drops all but that of the id',
    { indexes: [{ key: { a: 1 } }, { key: { b: 1 } }] },
    async ({ items }) => {
      await items.dropIndexes()
      return (await items.listIndexes().toArray()).length
    },
    1,
  ),
  does('lists no indexes of no collection', {}, ({ items }) => items.listIndexes().toArray(), fails(26)),
  does(
    'refuses an empty key',
    { docs: [{ _id: 1 }] },
    ({ db, items }) => db.command({ createIndexes: items.collectionName, indexes: [{ key: {}, name: 'x' }] }),
    fails(67),
  ),
  does(
    'refuses a direction of 0',
    { docs: [{ _id: 1 }] },
    ({ db, items }) => db.command({ createIndexes: items.collectionName, indexes: [{ key: { a: 0 }, name: 'x' }] }),
    fails(67),
  ),
]

/** Indexes: what they refuse and how they are named. */
export const indexCases: readonly Case[] = [...uniqueness, ...definitions]
