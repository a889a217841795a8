import type { Document } from 'bson'
import { mixed } from './filter-cases.js'
import { type Case, fails, findsWith, reads } from './kit.js'

const ids = (name: string, docs: readonly Document[], sort: Document, answer: readonly number[]): Case =>
  reads(
    name,
    docs,
    async ({ items }) =>
      (await items.find({}, { sort: sort as never, projection: { _id: 1 } }).toArray()).map(({ _id }) => _id),
    answer,
  )

/** Values whose order shows one rule each; ids ascend with the expected order. */
const arrays: readonly Document[] = [
  { _id: 1, v: [5, 1] },
  { _id: 2, v: 3 },
  { _id: 3, v: [2, 9] },
  { _id: 4, v: [] },
  { _id: 5, v: null },
  { _id: 6 },
  { _id: 7, v: [[1]] },
]

const people: readonly Document[] = [
  { _id: 1, name: 'An', age: 30, at: { city: 'Hue' }, marks: [{ n: 3 }, { n: 9 }] },
  { _id: 2, name: 'Binh', age: 25, at: { city: 'Da Nang' }, marks: [{ n: 5 }] },
  { _id: 3, name: 'an', age: 30, at: {}, marks: [] },
  { _id: 4, name: 'Ân', age: 25, at: { city: 'Hue' } },
]

const texts: readonly Document[] = [
  { _id: 1, v: '' },
  { _id: 2, v: 'B' },
  { _id: 3, v: 'a' },
  { _id: 4, v: 'ab' },
  { _id: 5, v: 'b' },
  { _id: 6, v: 'Đ' },
  { _id: 7, v: '\ufffd' },
  { _id: 8, v: '\ud83d\ude00' },
]

/** Comparison order as sorting shows it. */
export const orderCases: readonly Case[] = [
  ids(
    'every type, ascending',
    mixed,
    { v: 1, _id: 1 },
    [21, 14, 7, 8, 19, 18, 25, 1, 13, 2, 3, 4, 24, 27, 6, 5, 16, 15, 26, 17, 12, 10, 9, 11, 23, 20, 22],
  ),
  ids(
    'every type, descending',
    mixed,
    { v: -1, _id: 1 },
    [22, 20, 23, 11, 9, 10, 12, 17, 26, 15, 16, 5, 19, 6, 27, 24, 3, 4, 13, 2, 1, 25, 18, 7, 8, 14, 21],
  ),
  ids('arrays by their least element, ascending', arrays, { v: 1, _id: 1 }, [4, 5, 6, 1, 3, 2, 7]),
  ids('arrays by their greatest element, descending', arrays, { v: -1, _id: 1 }, [7, 3, 1, 2, 5, 6, 4]),
  ids('text by bytes of UTF-8', texts, { v: 1 }, [1, 2, 3, 4, 5, 6, 7, 8]),
  ids('text by bytes of UTF-8, descending', texts, { v: -1 }, [8, 7, 6, 5, 4, 3, 2, 1]),
  ids('two fields', people, { age: 1, name: -1 }, [4, 2, 3, 1]),
  ids('a path into documents', people, { 'at.city': 1, _id: -1 }, [3, 2, 4, 1]),
  ids('a path through an array, ascending', people, { 'marks.n': 1, _id: 1 }, [3, 4, 1, 2]),
  ids('a path through an array, descending', people, { 'marks.n': -1, _id: 1 }, [1, 2, 3, 4]),
  findsWith(people, {}, { sort: { _id: -1 }, limit: 2, projection: { _id: 1 } }, [{ _id: 4 }, { _id: 3 }]),
  findsWith(people, {}, { sort: { _id: 1 }, skip: 3, projection: { _id: 1 } }, [{ _id: 4 }]),
  findsWith(people, {}, { sort: { _id: 1 }, skip: 1, limit: 1, projection: { _id: 1 } }, [{ _id: 2 }]),
  findsWith(people, {}, { sort: { _id: 1 }, skip: 9 }, []),
  findsWith(people, { age: 25 }, { sort: { name: 1 }, limit: 1, projection: { _id: 1 } }, [{ _id: 2 }]),
  reads(
    'a direction that is none',
    people,
    ({ db, items }) => db.command({ find: items.collectionName, sort: { age: 2 } }),
    fails(15975),
  ),
]

const one = (projection: Document, answer: Document | { errorCode: number }): Case =>
  findsWith(people, { _id: 1 }, { projection }, 'errorCode' in answer ? answer : [answer])

const whole = people[0] as Document

/** Projections. */
export const projectionCases: readonly Case[] = [
  one({}, whole),
  one({ name: 1 }, { _id: 1, name: 'An' }),
  one({ name: true, age: 1 }, { _id: 1, name: 'An', age: 30 }),
  one({ age: 1, name: 1 }, { _id: 1, name: 'An', age: 30 }),
  one({ _id: 0, name: 1 }, { name: 'An' }),
  one({ _id: 1 }, { _id: 1 }),
  one({ _id: 0 }, { name: 'An', age: 30, at: { city: 'Hue' }, marks: [{ n: 3 }, { n: 9 }] }),
  one({ name: 0, at: 0, marks: 0 }, { _id: 1, age: 30 }),
  one({ _id: 0, name: 0, marks: false, at: 0 }, { age: 30 }),
  one({ 'at.city': 1 }, { _id: 1, at: { city: 'Hue' } }),
  one({ 'at.none': 1 }, { _id: 1, at: {} }),
  one({ 'age.none': 1 }, { _id: 1 }),
  one({ 'marks.n': 1, _id: 0 }, { marks: [{ n: 3 }, { n: 9 }] }),
  one({ 'marks.x': 1, _id: 0 }, { marks: [{}, {}] }),
  one({ 'marks.n': 0, name: 0, age: 0, at: 0 }, { _id: 1, marks: [{}, {}] }),
  one({ none: 1 }, { _id: 1 }),
  one({ name: 1, age: 0 }, fails(31254)),
  one({ name: 0, age: 1 }, fails(31253)),
  one({ at: 1, 'at.city': 1 }, fails(31249)),
  one({ 'at.city': 1, at: 1 }, fails(31250)),
  one({ name: { $foo: 1 } }, fails(168)),
  one({ '': 1 }, fails(40352)),
]
