import { BSONRegExp, Decimal128, type Document } from 'bson'
import { answers } from './aggregate-cases.js'
import { mixed } from './filter-cases.js'
import { type Case, does, fails, finds, findsWith, reads, show, updates } from './kit.js'

const filter = (condition: unknown): Case => finds(mixed, { v: condition }, fails(2))

const filters = [
  filter({ $all: [1] }),
  filter({ $size: 2 }),
  filter({ $elemMatch: { $gt: 1 } }),
  filter({ $type: 'number' }),
  filter({ $mod: [2, 0] }),
  filter({ $regex: '^a' }),
  filter({ $regex: '^a', $options: 'i' }),
  filter(new BSONRegExp('^a', '')),
  filter({ $in: ['b', new BSONRegExp('^a', '')] }),
  filter({ $nin: [new BSONRegExp('^a', '')] }),
  filter({ $not: new BSONRegExp('^a', '') }),
  filter({ $bitsAllSet: 1 }),
  finds(mixed, { $comment: 'why', _id: 1 }, fails(2)),
  finds(mixed, { $expr: { $eq: ['$v', 1] } }, fails(2)),
  finds(mixed, { $jsonSchema: {} }, fails(2)),
  finds(mixed, { $text: { $search: 'a' } }, fails(2)),
  findsWith(mixed, { _id: 1 }, { sort: { $natural: 1 } }, fails(16410)),
  findsWith(mixed, { _id: 1 }, { hint: '_id_' }, fails(40415)),
  findsWith(mixed, { _id: 1 }, { collation: { locale: 'vi' } }, fails(40415)),
  findsWith(mixed, { _id: 1 }, { projection: { v: { $slice: 1 } } }, fails(168)),
  findsWith(mixed, { _id: 1 }, { projection: { v: { $elemMatch: { a: 1 } } } }, fails(168)),
  findsWith(mixed, { _id: 1 }, { projection: { v: '$_id' } }, fails(2)),
  findsWith(mixed, { _id: 1 }, { projection: { v: { a: 1 } } }, fails(2)),
  findsWith(mixed, { _id: 1 }, { maxTimeMS: 1000 }, fails(40415)),
]

const changes = [
  updates({ a: 3 }, { $mul: { a: 2 } }, fails(9)),
  updates({ a: 3 }, { $bit: { a: { and: 1 } } } as never, fails(9)),
  updates({ a: 3 }, { $rename: { a: 'b' } }, fails(9)),
  updates({ a: 3 }, { $currentDate: { a: true } }, fails(9)),
  updates({ a: [1] }, { $pop: { a: 1 } }, fails(9)),
  updates({ a: [1] }, { $pullAll: { a: [1] } } as never, fails(9)),
  updates({ a: [1] }, { $push: { a: { $each: [2], $position: 0 } } }, fails(2)),
  updates({ a: [1] }, { $push: { a: { $each: [2], $slice: -2 } } }, fails(2)),
  updates({ a: [1] }, { $push: { a: { $each: [2], $sort: 1 } } }, fails(2)),
  updates({ a: ['ab'] }, { $pull: { a: new BSONRegExp('^a', '') } } as never, fails(2)),
  updates({ a: [1] }, { $set: { 'a.$[]': 1 } }, fails(2)),
  updates({ a: 1 }, { $inc: { a: Decimal128.fromString('0.5') } }, fails(14)),
  updates({ a: Decimal128.fromString('0.5') }, { $inc: { a: 1 } }, fails(14)),
]

const pipeline = (stages: Document[], code: number): Case =>
  reads(`aggregate ${show(stages)}`, answers, ({ items }) => items.aggregate(stages).toArray(), fails(code))

const count = { $group: { _id: 1, n: { $sum: 1 } } }

const pipelines = [
  pipeline([], 40324),
  pipeline([{}], 40324),
  pipeline([count], 40324),
  pipeline([{ $match: { unit: 'q1' } }], 40324),
  pipeline([{ $match: 1 }, count], 40324),
  pipeline([{ $match: {}, $limit: 1 }, count], 40324),
  pipeline([{ $match: {} }, { $match: {} }, count], 40324),
  pipeline([{ $match: {} }, { $skip: 1 }, count], 40324),
  pipeline([{ $match: {} }, { $limit: 1 }, count], 40324),
  pipeline([{ $match: {} }, count, { $match: { _id: 1 } }], 40324),
  pipeline([{ $sort: { _id: 1 } }], 40324),
  pipeline([{ $project: { points: 1 } }], 40324),
  pipeline([{ $count: 'n' }], 40324),
  pipeline([{ $unwind: '$tags' }], 40324),
  pipeline([{ $facet: { a: [] } }], 40324),
  ...[
    {},
    { _id: null, n: { $sum: 1 } },
    { _id: '$unit', n: { $sum: 1 } },
    { _id: { unit: '$unit' }, n: { $sum: 1 } },
    { _id: 1 },
    { _id: 1, n: 1 },
    { _id: 1, n: { $sum: 2 } },
    { _id: 1, n: { $sum: '$points' } },
    { _id: 1, n: { $avg: '$points' } },
    { _id: 1, n: { $sum: 1, $min: 1 } },
    { _id: 1, n: { $sum: 1 }, m: { $sum: 1 } },
  ].map((group) => pipeline([{ $match: {} }, { $group: group }], 40324)),
]

const command = (fields: Document): Case =>
  does(`command ${show(fields)}`, {}, ({ db }) => db.command(fields), fails(59))

const counted = (options: Document): Case =>
  reads(
    `count ${show(options)}`,
    answers,
    ({ db, items }) => db.command({ count: items.collectionName, ...options }),
    fails(40415),
  )

const indexed = (key: Document): Case =>
  does(
    `two fields below one array, by ${show(key)}`,
    { indexes: [{ key }] as never },
    ({ items }) => items.insertOne({ _id: 1 as never, a: [{ b: 1, c: 1 }] }),
    fails(171),
  )

const commands = [
  counted({ skip: 1 }),
  counted({ limit: 1 }),
  indexed({ 'a.b': 1, 'a.c': 1 }),
  does(
    'dropping an index by its key',
    { docs: [{ _id: 1 }], indexes: [{ key: { a: 1 }, name: 'x' }] },
    ({ db, items }) => db.command({ dropIndexes: items.collectionName, index: { a: 1 } }),
    fails(14),
  ),
  does(
    'an update with an order',
    { docs: [{ _id: 1 }] },
    ({ db, items }) =>
      db.command({ update: items.collectionName, updates: [{ q: {}, u: { $set: { a: 1 } }, sort: { a: 1 } }] }),
    fails(40415),
  ),
  command({ distinct: 'items', key: 'a' }),
  command({ serverStatus: 1 }),
  command({ buildInfo: 1 }),
  command({ findandmodify: 'items', query: {}, remove: true }),
  command({ connectionStatus: 1 }),
  command({ collStats: 'items' }),
  command({ dbStats: 1 }),
  command({ explain: { find: 'items' } }),
]

/** What MongoDB does and the embedded engine refuses, so that nothing is done half. */
export const refusedCases: readonly Case[] = [...filters, ...changes, ...pipelines, ...commands]
