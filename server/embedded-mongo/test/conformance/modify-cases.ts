import type { Document } from 'bson'
import type { FindOneAndUpdateOptions } from 'mongodb'
import { type Case, does, fails } from './kit.js'

const three: readonly Document[] = [
  { _id: 1, a: 3 },
  { _id: 2, a: 1 },
  { _id: 3, a: 2 },
]

const modify = (
  name: string,
  filter: Document,
  update: Document,
  options: FindOneAndUpdateOptions,
  answer: unknown,
): Case => does(name, { docs: three }, ({ items }) => items.findOneAndUpdate(filter, update, options), answer)

const command = (name: string, fields: Document, answer: unknown): Case =>
  does(
    name,
    { docs: three },
    async ({ db, items }) => {
      const { value, lastErrorObject } = await db.command(
        { findAndModify: items.collectionName, ...fields },
        { promoteValues: false },
      )
      return { value, lastErrorObject }
    },
    answer,
  )

/** findAndModify. */
export const modifyCases: readonly Case[] = [
  modify('gives the old document', { _id: 1 }, { $set: { a: 9 } }, {}, { _id: 1, a: 3 }),
  modify('gives the new document', { _id: 1 }, { $set: { a: 9 } }, { returnDocument: 'after' }, { _id: 1, a: 9 }),
  modify(
    'takes the first by a sort',
    {},
    { $inc: { a: 10 } },
    { sort: { a: 1 }, returnDocument: 'after' },
    { _id: 2, a: 11 },
  ),
  modify(
    'takes the last by a sort',
    {},
    { $inc: { a: 10 } },
    { sort: { a: -1 }, returnDocument: 'after' },
    { _id: 1, a: 13 },
  ),
  modify(
    'projects',
    { _id: 1 },
    { $set: { b: 1 } },
    { projection: { b: 1, _id: 0 }, returnDocument: 'after' },
    { b: 1 },
  ),
  modify('gives null when nothing matches', { _id: 9 }, { $set: { a: 1 } }, {}, null),
  modify('gives null for the old document of an upsert', { _id: 9 }, { $set: { a: 1 } }, { upsert: true }, null),
  modify(
    'gives the new document of an upsert',
    { _id: 9, b: 2 },
    { $set: { a: 1 } },
    { upsert: true, returnDocument: 'after' },
    { _id: 9, b: 2, a: 1 },
  ),
  modify('fails like an update', { _id: 1 }, { $push: { a: 1 } }, {}, fails(2)),
  modify('keeps the id', { _id: 1 }, { $set: { _id: 5 } }, {}, fails(66)),
  modify('knows no other operator', { _id: 1 }, { $foo: { a: 1 } }, {}, fails(9)),
  does(
    'replaces',
    { docs: three },
    ({ items }) => items.findOneAndReplace({ _id: 1 as never }, { b: 1 }, { returnDocument: 'after' }),
    { _id: 1, b: 1 },
  ),
  does(
    'deletes by a sort',
    { docs: three },
    async ({ items }) => [await items.findOneAndDelete({}, { sort: { a: -1 } }), await items.countDocuments()],
    [{ _id: 1, a: 3 }, 2],
  ),
  does('deletes nothing', { docs: three }, ({ items }) => items.findOneAndDelete({ _id: 9 as never }), null),
  command(
    'tells that it updated',
    { query: { _id: 1 }, update: { $set: { a: 9 } } },
    {
      value: { _id: 1, a: 3 },
      lastErrorObject: { n: 1, updatedExisting: true },
    },
  ),
  command(
    'tells what it inserted',
    { query: { _id: 9 }, update: { $set: { a: 9 } }, upsert: true, new: true },
    {
      value: { _id: 9, a: 9 },
      lastErrorObject: { n: 1, updatedExisting: false, upserted: 9 },
    },
  ),
  command(
    'tells that it removed',
    { query: { _id: 1 }, remove: true },
    { value: { _id: 1, a: 3 }, lastErrorObject: { n: 1 } },
  ),
  command(
    'tells that it found nothing',
    { query: { _id: 9 }, update: { $set: { a: 9 } } },
    {
      value: null,
      lastErrorObject: { n: 0, updatedExisting: false },
    },
  ),
  command('wants either an update or a removal', { query: { _id: 1 } }, fails(9)),
  command(
    'wants not both an update and a removal',
    { query: { _id: 1 }, remove: true, update: { $set: { a: 1 } } },
    fails(9),
  ),
  command('wants not both a removal and the new document', { query: { _id: 1 }, remove: true, new: true }, fails(9)),
  command('wants not both a removal and an upsert', { query: { _id: 1 }, remove: true, upsert: true }, fails(9)),
]
