import { Decimal128, type Document, Double, Long } from 'bson'
import { type Case, fails, reads, show } from './kit.js'

const answers: readonly Document[] = [
  { _id: 1, unit: 'q1', points: 4, at: { day: 1 }, tags: ['a', 'b'] },
  { _id: 2, unit: 'q1', points: 2, at: { day: 2 }, tags: [] },
  { _id: 3, unit: 'q2', points: 5, at: { day: 1 }, tags: ['a'] },
  { _id: 4, unit: 'q2', points: null, at: {} },
  { _id: 5, points: 1.5 },
  { _id: 6, unit: null, points: Long.fromInt(3) },
]
const exact: readonly Document[] = [
  { _id: 1, n: 0.1 },
  { _id: 2, n: 0.2 },
  { _id: 3, n: 1e100 },
  { _id: 4, n: -1e100 },
]
const large: readonly Document[] = [
  { _id: 1, n: 2147483647 },
  { _id: 2, n: 1 },
]
const decimals: readonly Document[] = [
  { _id: 1, n: Decimal128.fromString('0.1') },
  { _id: 2, n: 2 },
]

const on = (docs: readonly Document[], pipeline: Document[], answer: unknown): Case =>
  reads(
    `aggregate ${show(pipeline)}${docs === answers ? '' : ` of ${show(docs)}`}`,
    docs,
    ({ items }) => items.aggregate(pipeline).toArray(),
    answer,
  )

/** A pipeline over the answers; groups come in the order of a final sort. */
const from = (pipeline: Document[], answer: unknown): Case => on(answers, pipeline, answer)
const byId = { $sort: { _id: 1 } }

/** Aggregation. */
export const aggregateCases: readonly Case[] = [
  from(
    [{ $match: { unit: 'q1' } }, byId, { $project: { points: 1 } }],
    [
      { _id: 1, points: 4 },
      { _id: 2, points: 2 },
    ],
  ),
  from(
    [{ $group: { _id: '$unit', n: { $sum: 1 } } }, byId],
    [
      { _id: null, n: 2 },
      { _id: 'q1', n: 2 },
      { _id: 'q2', n: 2 },
    ],
  ),
  from([{ $group: { _id: null, n: { $sum: 1 } } }], [{ _id: null, n: 6 }]),
  from([{ $group: { _id: 1, n: { $sum: 1 } } }], [{ _id: 1, n: 6 }]),
  from([{ $group: { _id: null, s: { $sum: '$points' } } }], [{ _id: null, s: 15.5 }]),
  from([{ $match: { unit: 'q1' } }, { $group: { _id: null, s: { $sum: '$points' } } }], [{ _id: null, s: 6 }]),
  from([{ $match: { unit: null } }, { $group: { _id: null, s: { $sum: '$points' } } }], [{ _id: null, s: 4.5 }]),
  from(
    [{ $match: { _id: 6 } }, { $group: { _id: null, s: { $sum: '$points' } } }],
    [{ _id: null, s: Long.fromInt(3) }],
  ),
  from([{ $group: { _id: null, s: { $sum: '$unit' } } }], [{ _id: null, s: 0 }]),
  from([{ $group: { _id: null, s: { $sum: 2.5 } } }], [{ _id: null, s: new Double(15) }]),
  from(
    [{ $group: { _id: null, low: { $min: '$points' }, high: { $max: '$points' } } }],
    [{ _id: null, low: 1.5, high: 5 }],
  ),
  from(
    [{ $group: { _id: null, low: { $min: '$none' }, high: { $max: '$none' } } }],
    [{ _id: null, low: null, high: null }],
  ),
  from(
    [{ $group: { _id: { u: '$unit', d: '$at.day' }, n: { $sum: 1 } } }, { $match: { '_id.u': 'q1' } }, byId],
    [
      { _id: { u: 'q1', d: 1 }, n: 1 },
      { _id: { u: 'q1', d: 2 }, n: 1 },
    ],
  ),
  from(
    [{ $group: { _id: '$at.day', n: { $sum: 1 } } }, byId],
    [
      { _id: null, n: 3 },
      { _id: 1, n: 2 },
      { _id: 2, n: 1 },
    ],
  ),
  from([{ $match: { unit: 'none' } }, { $group: { _id: null, n: { $sum: 1 } } }], []),
  from([{ $sort: { points: -1 } }, { $limit: 2 }, { $project: { _id: 1 } }], [{ _id: 3 }, { _id: 1 }]),
  from([byId, { $skip: 4 }, { $project: { _id: 1 } }], [{ _id: 5 }, { _id: 6 }]),
  from([byId, { $skip: 1 }, { $limit: 1 }, { $project: { unit: 1, _id: 0 } }], [{ unit: 'q1' }]),
  from([byId, { $limit: 1 }, { $project: { tags: 0, at: 0 } }], [{ _id: 1, unit: 'q1', points: 4 }]),
  from([byId, { $limit: 1 }, { $project: { 'at.day': 1, _id: 0 } }], [{ at: { day: 1 } }]),
  from([{ $match: { points: { $gt: 1 } } }, { $count: 'n' }], [{ n: 5 }]),
  from([{ $match: { points: 99 } }, { $count: 'n' }], []),
  from([{ $match: { unit: 'q1' } }, { $match: { points: { $gt: 3 } } }, { $count: 'n' }], [{ n: 1 }]),
  from([byId, { $limit: 3 }, { $match: { unit: 'q1' } }, { $count: 'n' }], [{ n: 2 }]),
  from([{ $group: { _id: '$tags', n: { $sum: 1 } } }, { $sort: { n: -1 } }, { $limit: 1 }], [{ _id: null, n: 3 }]),
  on(
    exact,
    [{ $match: { _id: { $lt: 3 } } }, { $group: { _id: null, s: { $sum: '$n' } } }],
    [{ _id: null, s: 0.30000000000000004 }],
  ),
  on(large, [{ $group: { _id: null, s: { $sum: '$n' } } }], [{ _id: null, s: Long.fromString('2147483648') }]),
  on(decimals, [{ $group: { _id: null, s: { $sum: '$n' } } }], [{ _id: null, s: Decimal128.fromString('2.1') }]),
  from([{ $foo: 1 }], fails(40324)),
  from([{ $match: {}, $limit: 1 }], fails(40323)),
  from([{}], fails(40323)),
  from([{ $match: 1 }], fails(15959)),
  from([{ $match: { $foo: 1 } }], fails(2)),
  from([{ $group: 1 }], fails(15947)),
  from([{ $group: { n: { $sum: 1 } } }], fails(15955)),
  from([{ $group: { _id: 1, n: 1 } }], fails(40234)),
  from([{ $group: { _id: 1, n: { $foo: 1 } } }], fails(15952)),
  from([{ $group: { _id: 1, 'a.b': { $sum: 1 } } }], fails(40235)),
  from([{ $group: { _id: 1, n: { $sum: 1, $min: 1 } } }], fails(40238)),
  from([{ $limit: 0 }], fails(15958)),
  from([{ $limit: -1 }], fails(5107201)),
  from([{ $skip: -1 }], fails(5107200)),
  from([{ $sort: {} }], fails(15976)),
  from([{ $sort: 1 }], fails(15973)),
  from([{ $sort: { a: 2 } }], fails(15975)),
  from([{ $count: '' }], fails(40157)),
  from([{ $count: '$n' }], fails(40158)),
  from([{ $count: 'a.b' }], fails(40160)),
  from([{ $project: {} }], fails(51272)),
  from([{ $project: { a: 1, b: 0 } }], fails(31254)),
]
