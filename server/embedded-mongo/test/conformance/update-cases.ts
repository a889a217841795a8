import { Double, Long } from 'bson'
import { type Case, does, fails, updates } from './kit.js'

const long = (value: string) => Long.fromString(value)

const setting = [
  updates({ a: 1 }, { $set: { a: 2 } }, { a: 2 }),
  updates({ a: 1 }, { $set: { b: 2 } }, { a: 1, b: 2 }),
  updates({}, { $set: { c: 1, b: 1, a: 1 } }, { a: 1, b: 1, c: 1 }),
  updates({}, { $set: { 'a.b.c': 1 } }, { a: { b: { c: 1 } } }),
  updates({ a: { x: 1 } }, { $set: { 'a.b': 2 } }, { a: { x: 1, b: 2 } }),
  updates({ a: [1, 2] }, { $set: { 'a.0': 9 } }, { a: [9, 2] }),
  updates({ a: [1] }, { $set: { 'a.3': 9 } }, { a: [1, null, null, 9] }),
  updates({ a: [{ b: 1 }] }, { $set: { 'a.0.b': 2 } }, { a: [{ b: 2 }] }),
  updates({ a: 1 }, { $set: { a: { b: [] } } }, { a: { b: [] } }),
  updates({ a: 1 }, { $set: { a: new Double(1) } }, { a: new Double(1) }),
  updates({ a: 5 }, { $set: { 'a.b': 1 } }, fails(28)),
  updates({ a: null }, { $set: { 'a.b': 1 } }, fails(28)),
  updates({ a: [1] }, { $set: { 'a.b': 1 } }, fails(28)),
  updates({}, { $set: { _id: 2 } }, fails(66)),
  updates({}, { $set: { _id: 1, a: 1 } }, { a: 1 }),
  updates({}, { $set: { '': 1 } }, fails(56)),
  updates({}, { $set: { 'a.': 1 } }, fails(56)),
  updates({}, { $set: { 'a..b': 1 } }, fails(56)),
  updates({}, { $set: { 'a.$x': 1 } }, fails(52)),
  updates({}, { $set: {} }, {}),
  updates({ a: 1 }, { $set: { a: 2 }, $inc: { a: 1 } }, fails(40)),
  updates({}, { $set: { a: 1, 'a.b': 1 } }, fails(40)),
  updates({}, { $set: { 'a.b': 1, a: 1 } }, fails(40)),
  updates({}, { $set: 5 } as never, fails(9)),
  updates({}, { $foo: { a: 1 } } as never, fails(9)),
  updates({ a: 1, b: 2 }, { $unset: { a: '' } }, { b: 2 }),
  updates({ a: { b: 1, c: 2 } }, { $unset: { 'a.b': 1 } }, { a: { c: 2 } }),
  updates({ a: [1, 2] }, { $unset: { 'a.0': 1 } }, { a: [null, 2] }),
  updates({ a: 5 }, { $unset: { 'a.b': 1, none: 1 } }, { a: 5 }),
  updates({}, { $unset: { _id: 1 } }, fails(66)),
  updates({ a: 1 }, { $setOnInsert: { a: 2 } }, { a: 1 }),
]

const numbers = [
  updates({ a: 1 }, { $inc: { a: 2 } }, { a: 3 }),
  updates({}, { $inc: { a: 2 } }, { a: 2 }),
  updates({}, { $inc: { 'a.b': -1 } }, { a: { b: -1 } }),
  updates({ a: 1 }, { $inc: { a: 0.5 } }, { a: 1.5 }),
  updates({ a: new Double(1) }, { $inc: { a: 1 } }, { a: new Double(2) }),
  updates({ a: 2147483647 }, { $inc: { a: 1 } }, { a: long('2147483648') }),
  updates({ a: long('9007199254740993') }, { $inc: { a: 1 } }, { a: long('9007199254740994') }),
  updates({ a: long('9223372036854775807') }, { $inc: { a: 1 } }, fails(2)),
  updates({ a: 'x' }, { $inc: { a: 1 } }, fails(14)),
  updates({ a: null }, { $inc: { a: 1 } }, fails(14)),
  updates({ a: [1] }, { $inc: { a: 1 } }, fails(14)),
  updates({ a: [1] }, { $inc: { 'a.0': 1 } }, { a: [2] }),
  updates({ a: 1 }, { $inc: { a: 'x' } } as never, fails(14)),
  updates({ a: 5 }, { $min: { a: 3 } }, { a: 3 }),
  updates({ a: 5 }, { $min: { a: 7 } }, { a: 5 }),
  updates({}, { $min: { a: 3 } }, { a: 3 }),
  updates({ a: 5 }, { $min: { a: 'x' } }, { a: 5 }),
  updates({ a: 5 }, { $min: { a: null } }, { a: null }),
  updates({ a: 5 }, { $max: { a: 7 } }, { a: 7 }),
  updates({ a: 5 }, { $max: { a: 3 } }, { a: 5 }),
  updates({}, { $max: { a: 3 } }, { a: 3 }),
  updates({ a: 5 }, { $max: { a: 'x' } }, { a: 'x' }),
  updates({ a: 5 }, { $max: { a: new Double(5) } }, { a: 5 }),
]

const arrays = [
  updates({ a: [1] }, { $push: { a: 2 } }, { a: [1, 2] }),
  updates({}, { $push: { a: 1 } }, { a: [1] }),
  updates({ a: [1] }, { $push: { a: [2, 3] } }, { a: [1, [2, 3]] }),
  updates({ a: [1] }, { $push: { a: { $each: [2, 3] } } }, { a: [1, 2, 3] }),
  updates({ a: 1 }, { $push: { a: 2 } }, fails(2)),
  updates({ a: null }, { $push: { a: 2 } }, fails(2)),
  updates({ a: [] }, { $push: { a: { $each: 1 } } } as never, fails(2)),
  updates({ a: [] }, { $push: { a: { $each: [1], $foo: 2 } } } as never, fails(2)),
  updates({ a: [1] }, { $addToSet: { a: 2 } }, { a: [1, 2] }),
  updates({ a: [1] }, { $addToSet: { a: new Double(1) } }, { a: [1] }),
  updates({}, { $addToSet: { a: 1 } }, { a: [1] }),
  updates(
    { a: [{ x: 1, y: 2 }] },
    { $addToSet: { a: { y: 2, x: 1 } } },
    {
      a: [
        { x: 1, y: 2 },
        { y: 2, x: 1 },
      ],
    },
  ),
  updates({ a: [1] }, { $addToSet: { a: { $each: [1, 2, 2, 3] } } }, { a: [1, 2, 3] }),
  updates({ a: 1 }, { $addToSet: { a: 2 } }, fails(2)),
  updates({ a: [] }, { $addToSet: { a: { $each: 1 } } } as never, fails(14)),
  updates({ a: [1, 2, 1] }, { $pull: { a: 1 } }, { a: [2] }),
  updates({ a: [1, 5, 9] }, { $pull: { a: { $gt: 4 } } }, { a: [1] }),
  updates({ a: [1, 5, 9] }, { $pull: { a: { $in: [1, 9] } } }, { a: [5] }),
  updates({ a: [{ b: 1, c: 1 }, { b: 2 }, 1] }, { $pull: { a: { b: 1 } } }, { a: [{ b: 2 }, 1] }),
  updates({ a: [{ b: 1 }, { b: 5 }] }, { $pull: { a: { b: { $gte: 5 } } } }, { a: [{ b: 1 }] }),
  updates({ a: [[1], 1] }, { $pull: { a: [1] } } as never, { a: [1] }),
  updates({}, { $pull: { a: 1 } } as never, {}),
  updates({ a: 1 }, { $pull: { a: 1 } } as never, fails(2)),
  updates({ a: 1 }, { $pull: { 'a.b': 1 } } as never, fails(28)),
  updates({ a: [1] }, { $pull: { 'a.b': 1 } } as never, fails(28)),
]

const others = [
  does(
    'replaceOne keeps the id',
    { docs: [{ _id: 1, a: 1 }] },
    async ({ items }) => {
      await items.replaceOne({ a: 1 }, { b: 2 })
      return items.find().toArray()
    },
    [{ _id: 1, b: 2 }],
  ),
  does(
    'replaceOne by another id',
    { docs: [{ _id: 1, a: 1 }] },
    ({ items }) => items.replaceOne({ a: 1 }, { _id: 2 }),
    fails(66),
  ),
  does(
    'counts of an update that changes nothing',
    { docs: [{ _id: 1, a: 1 }] },
    async ({ items }) => {
      const { matchedCount, modifiedCount } = await items.updateOne({ _id: 1 as never }, { $set: { a: 1 } })
      return [matchedCount, modifiedCount]
    },
    [1, 0],
  ),
  does(
    'updateMany changes all that match',
    {
      docs: [
        { _id: 1, a: 1 },
        { _id: 2, a: 1 },
        { _id: 3, a: 2 },
      ],
    },
    async ({ items }) => {
      const { matchedCount, modifiedCount } = await items.updateMany({ a: 1 }, { $inc: { a: 1 } })
      return [matchedCount, modifiedCount, await items.countDocuments({ a: 2 })]
    },
    [2, 2, 3],
  ),
  does(
    'updateOne changes one only',
    {
      docs: [
        { _id: 1, a: 1 },
        { _id: 2, a: 1 },
      ],
    },
    async ({ items }) => {
      await items.updateOne({ a: 1 }, { $set: { a: 2 } })
      return items.countDocuments({ a: 2 })
    },
    1,
  ),
  does(
    'an update of many by a replacement',
    { docs: [{ _id: 1 }] },
    ({ db, items }) =>
      db
        .command({ update: items.collectionName, updates: [{ q: {}, u: { a: 1 }, multi: true }] })
        .then(({ writeErrors }) => writeErrors[0].code),
    9,
  ),
  does(
    'deleteOne removes one, deleteMany the rest',
    {
      docs: [
        { _id: 1, a: 1 },
        { _id: 2, a: 1 },
        { _id: 3, a: 1 },
      ],
    },
    async ({ items }) => {
      const first = await items.deleteOne({ a: 1 })
      const rest = await items.deleteMany({ a: 1 })
      return [first.deletedCount, rest.deletedCount, (await items.deleteMany({})).deletedCount]
    },
    [1, 2, 0],
  ),
]

/** Updates of one document. */
export const updateCases: readonly Case[] = [...setting, ...numbers, ...arrays, ...others]
