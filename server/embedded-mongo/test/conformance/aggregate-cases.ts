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

const count = { $group: { _id: 1, n: { $sum: 1 } } }

/** Aggregation: the count that drivers send. */
export const aggregateCases: readonly Case[] = [
  from([{ $match: {} }, count], [{ _id: 1, n: 6 }]),
  from([{ $match: { unit: 'q1' } }, count], [{ _id: 1, n: 2 }]),
  from([{ $match: { unit: null } }, count], [{ _id: 1, n: 2 }]),
  from([{ $match: { $and: [{ unit: 'q1' }, { points: { $gt: 3 } }] } }, count], [{ _id: 1, n: 1 }]),
  from([{ $match: { unit: 'none' } }, count], []),
  from([{ $match: { $foo: 1 } }, count], fails(2)),
  from([{ $foo: 1 }], fails(40324)),
]
