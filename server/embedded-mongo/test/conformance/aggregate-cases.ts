import { type Document, Long } from 'bson'
import { type Case, fails, reads, show } from './kit.js'

/** Answers to be counted; what a pipeline gives. */
export const answers: readonly Document[] = [
  { _id: 1, unit: 'q1', points: 4, at: { day: 1 }, tags: ['a', 'b'] },
  { _id: 2, unit: 'q1', points: 2, at: { day: 2 }, tags: [] },
  { _id: 3, unit: 'q2', points: 5, at: { day: 1 }, tags: ['a'] },
  { _id: 4, unit: 'q2', points: null, at: {} },
  { _id: 5, points: 1.5 },
  { _id: 6, unit: null, points: Long.fromInt(3) },
]

const from = (pipeline: Document[], answer: unknown): Case =>
  reads(`aggregate ${show(pipeline)}`, answers, ({ items }) => items.aggregate(pipeline).toArray(), answer)

const count = { n: { $sum: 1 } }

/** Aggregation: counts of the documents that match. */
export const aggregateCases: readonly Case[] = [
  from([{ $group: { _id: null, ...count } }], [{ _id: null, n: 6 }]),
  from([{ $group: { _id: 1, ...count } }], [{ _id: 1, n: 6 }]),
  from([{ $group: { _id: 'all', ...count } }], [{ _id: 'all', n: 6 }]),
  from([{ $group: { _id: null } }], [{ _id: null }]),
  from([{ $group: { _id: 1, n: { $sum: 1 }, m: { $sum: 1 } } }], [{ _id: 1, n: 6, m: 6 }]),
  from([{ $match: { unit: 'q1' } }, { $group: { _id: 1, ...count } }], [{ _id: 1, n: 2 }]),
  from([{ $match: { unit: null } }, { $group: { _id: 1, ...count } }], [{ _id: 1, n: 2 }]),
  from(
    [{ $match: { unit: 'q1' } }, { $match: { points: { $gt: 3 } } }, { $group: { _id: 1, ...count } }],
    [{ _id: 1, n: 1 }],
  ),
  from([{ $match: {} }, { $group: { _id: 1, ...count } }], [{ _id: 1, n: 6 }]),
  from([{ $match: { unit: 'none' } }, { $group: { _id: null, ...count } }], []),
  from([{ $foo: 1 }], fails(40324)),
  from([{ $match: {}, $limit: 1 }], fails(40323)),
  from([{}], fails(40323)),
  from([{ $match: 1 }, { $group: { _id: 1 } }], fails(15959)),
  from([{ $match: { $foo: 1 } }, { $group: { _id: 1 } }], fails(2)),
  from([{ $group: 1 }], fails(15947)),
  from([{ $group: count }], fails(15955)),
  from([{ $group: { _id: 1, n: { $foo: 1 } } }], fails(15952)),
]
