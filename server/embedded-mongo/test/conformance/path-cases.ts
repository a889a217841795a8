import type { Document } from 'bson'
import { type Case, finds } from './kit.js'

/** A field `a.b` in all the ways it can be there, in arrays or not at all. */
const nested: readonly Document[] = [
  {
    _id: 1,
    a: [
      { b: 1, c: 1 },
      { b: 2, c: 2 },
    ],
  },
  { _id: 2, a: [{ b: 1, c: 2 }] },
  { _id: 3, a: { b: 1 } },
  { _id: 4, a: [{ b: [1, 2] }] },
  { _id: 5, a: [] },
  { _id: 6, a: [1, 2] },
  { _id: 7, a: 5 },
  { _id: 8 },
  { _id: 9, a: null },
  { _id: 10, a: [{ c: 1 }] },
  { _id: 11, a: [[{ b: 1 }]] },
  { _id: 12, a: { b: null } },
  { _id: 13, a: { b: [] } },
  { _id: 14, a: [{ b: null }, { b: 1 }] },
]

const on = (filter: Document, ...ids: number[]): Case => finds(nested, filter, ids)

/** Filters on paths through documents and arrays. */
export const pathCases: readonly Case[] = [
  on({ 'a.b': 1 }, 1, 2, 3, 4, 14),
  on({ 'a.b': 2 }, 1, 4),
  on({ 'a.b': null }, 7, 8, 9, 10, 12, 14),
  on({ 'a.b': { $ne: null } }, 1, 2, 3, 4, 5, 6, 11, 13),
  on({ 'a.b': { $exists: true } }, 1, 2, 3, 4, 12, 13, 14),
  on({ 'a.b': { $exists: false } }, 5, 6, 7, 8, 9, 10, 11),
  on({ 'a.b': [1, 2] }, 4),
  on({ 'a.b': [] }, 13),
  on({ 'a.b': { $gt: 1 } }, 1, 4),
  on({ 'a.b': { $lt: 2 } }, 1, 2, 3, 4, 14),
  on({ 'a.b': { $ne: 1 } }, 5, 6, 7, 8, 9, 10, 11, 12, 13),
  on({ 'a.b': { $in: [2, null] } }, 1, 4, 7, 8, 9, 10, 12, 14),
  on({ 'a.b': { $nin: [1] } }, 5, 6, 7, 8, 9, 10, 11, 12, 13),
  on({ 'a.b': { $gt: 1, $lt: 2 } }, 1, 4),
  on({ 'a.b': 1, 'a.c': 2 }, 1, 2),
  on({ 'a.c': { $gte: 2 } }, 1, 2),
  on({ 'a.0.b': 1 }, 1, 2, 4, 11),
  on({ 'a.1.b': 1 }, 14),
  on({ 'a.0': 1 }, 6),
  on({ 'a.0': { $exists: true } }, 1, 2, 4, 6, 10, 11, 14),
  on({ 'a.5': { $exists: true } }),
  on({ 'a.b.0': 1 }, 4),
  on({ a: { b: 1 } }, 3, 14),
  on({ a: { b: 1, c: 1 } }, 1),
  on({ a: { c: 1, b: 1 } }),
  on({ a: [] }, 5),
  on({ a: [1, 2] }, 6),
  on({ a: null }, 8, 9),
  on({ $or: [{ 'a.b': 2 }, { a: 5 }] }, 1, 4, 7),
  on({ $nor: [{ 'a.b': 1 }, { a: null }] }, 5, 6, 7, 10, 11, 12, 13),
]
