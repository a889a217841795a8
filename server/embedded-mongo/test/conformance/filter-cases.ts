import { Binary, BSONRegExp, Decimal128, type Document, Double, Long, MaxKey, MinKey, ObjectId, Timestamp } from 'bson'
import { type Case, fails, finds } from './kit.js'

const OID = new ObjectId('65f000000000000000000001')

/** A field `v` of every type. */
export const mixed: readonly Document[] = [
  { _id: 1, v: 1 },
  { _id: 2, v: 1.5 },
  { _id: 3, v: Long.fromInt(2) },
  { _id: 4, v: Decimal128.fromString('2') },
  { _id: 5, v: 'a' },
  { _id: 6, v: 'B' },
  { _id: 7, v: null },
  { _id: 8 },
  { _id: 9, v: true },
  { _id: 10, v: false },
  { _id: 11, v: new Date(0) },
  { _id: 12, v: OID },
  { _id: 13, v: [1, 2] },
  { _id: 14, v: [] },
  { _id: 15, v: { a: 1 } },
  { _id: 16, v: {} },
  { _id: 17, v: new Binary(Buffer.from('x')) },
  { _id: 18, v: Number.NaN },
  { _id: 19, v: ['a', null] },
  { _id: 20, v: new BSONRegExp('x', 'i') },
  { _id: 21, v: new MinKey() },
  { _id: 22, v: new MaxKey() },
  { _id: 23, v: new Timestamp({ t: 1, i: 1 }) },
  { _id: 24, v: Number.POSITIVE_INFINITY },
  { _id: 25, v: new Double(-0) },
  { _id: 26, v: [[1]] },
  { _id: 27, v: '1' },
]

const all = mixed.map(({ _id }) => _id as number)
const allBut = (...ids: number[]) => all.filter((id) => !ids.includes(id))
const on = (condition: unknown, answer: readonly number[] | { errorCode: number }): Case =>
  finds(mixed, { v: condition }, answer)

const equality = [
  on(1, [1, 13]),
  on(1.5, [2]),
  on(2, [3, 4, 13]),
  on(Decimal128.fromString('2.00'), [3, 4, 13]),
  on(Long.fromInt(1), [1, 13]),
  on('a', [5, 19]),
  on('A', []),
  on(null, [7, 8, 19]),
  on({ $eq: null }, [7, 8, 19]),
  on({ $ne: null }, allBut(7, 8, 19)),
  on({ $ne: 1 }, allBut(1, 13)),
  on(Number.NaN, [18]),
  on(0, [25]),
  on(true, [9]),
  on(new Date(0), [11]),
  on(OID, [12]),
  on([1, 2], [13]),
  on([2, 1], []),
  on([], [14]),
  on([1], [26]),
  on([[1]], [26]),
  on({ a: 1 }, [15]),
  on({ a: new Double(1) }, [15]),
  on({}, [16]),
  on({ $eq: { a: 1 } }, [15]),
  on(new Binary(Buffer.from('x')), [17]),
  on(new Binary(Buffer.from('x'), 4), []),
  on(new MinKey(), [21]),
  on(new MaxKey(), [22]),
  on(new Timestamp({ t: 1, i: 1 }), [23]),
  on(Number.POSITIVE_INFINITY, [24]),
  finds(mixed, {}, all),
  finds(mixed, { _id: 5 }, [5]),
  finds(mixed, { _id: 5, v: 'b' }, []),
  finds(mixed, { nothing: null }, all),
  finds(mixed, { 'v.a': 1 }, [15]),
  finds(mixed, { 'v.0': 1 }, [13]),
]

const ranges = [
  on({ $gt: 1 }, [2, 3, 4, 13, 24]),
  on({ $gte: 1 }, [1, 2, 3, 4, 13, 24]),
  on({ $lt: 1 }, [25]),
  on({ $lte: 1 }, [1, 13, 25]),
  on({ $gt: 1, $lt: 2 }, [2, 13]),
  on({ $gt: 'a' }, []),
  on({ $gte: 'B' }, [5, 6, 19]),
  on({ $lt: 'a' }, [6, 27]),
  on({ $gte: null }, [7, 8, 19]),
  on({ $lte: null }, [7, 8, 19]),
  on({ $gt: null }, []),
  on({ $lt: null }, []),
  on({ $gte: Number.NaN }, [18]),
  on({ $lte: Number.NaN }, [18]),
  on({ $gt: Number.NaN }, []),
  on({ $lt: Number.POSITIVE_INFINITY }, [1, 2, 3, 4, 13, 25]),
  on({ $gte: false }, [9, 10]),
  on({ $lt: true }, [10]),
  on({ $lte: new Date(1) }, [11]),
  on({ $gt: new Date(0) }, []),
  on({ $gt: new ObjectId('000000000000000000000000') }, [12]),
  on({ $gt: {} }, [15]),
  on({ $lte: { a: 1 } }, [15, 16]),
  on({ $gt: new Timestamp({ t: 0, i: 1 }) }, [23]),
  on({ $not: { $gt: 1 } }, allBut(2, 3, 4, 13, 24)),
  on({ $not: { $gte: null } }, allBut(7, 8, 19)),
]

const lists = [
  on({ $in: [1, 'a'] }, [1, 5, 13, 19]),
  on({ $in: [null] }, [7, 8, 19]),
  on({ $in: [] }, []),
  on({ $in: [[1, 2], []] }, [13, 14]),
  on({ $in: [{}, true] }, [9, 16]),
  on({ $nin: [] }, all),
  on({ $nin: [null, 1] }, allBut(1, 7, 8, 13, 19)),
]

const existence = [on({ $exists: true }, allBut(8)), on({ $exists: false }, [8]), on({ $exists: 0 }, [8])]

const logic = [
  finds(mixed, { $and: [{ v: { $gt: 1 } }, { v: { $lt: 2 } }] }, [2, 13]),
  finds(mixed, { $or: [{ v: 'a' }, { _id: 1 }] }, [1, 5, 19]),
  finds(mixed, { $nor: [{ v: { $exists: true } }] }, [8]),
  finds(mixed, { $or: [{ _id: 1 }], $and: [{ v: 1 }] }, [1]),
  finds(mixed, { $and: [{ $or: [{ _id: 1 }, { _id: 2 }] }, { v: { $ne: 1 } }] }, [2]),
  on({ $not: { $in: [null, 'a'] } }, allBut(5, 7, 8, 19)),
]

const refusals = [
  on({ $foo: 1 }, fails(2)),
  on({ $gt: 1, other: 2 }, fails(2)),
  on({ $in: 1 }, fails(2)),
  on({ $nin: 1 }, fails(2)),
  on({ $in: [{ $gt: 1 }] }, fails(2)),
  on({ $not: 1 }, fails(2)),
  on({ $not: {} }, fails(2)),
  on({ $ne: /a/ }, fails(2)),
  finds(mixed, { $and: [] }, fails(2)),
  finds(mixed, { $or: 1 }, fails(2)),
  finds(mixed, { $or: [1] }, fails(2)),
  finds(mixed, { $foo: 1 }, fails(2)),
  finds(mixed, { $where: 'true' }, fails(2)),
  on({ $geoWithin: {} }, fails(2)),
]

/** Filters on a field of every type. */
export const filterCases: readonly Case[] = [...equality, ...ranges, ...lists, ...existence, ...logic]

/** Filters that are refused. */
export const refusedFilterCases: readonly Case[] = refusals
