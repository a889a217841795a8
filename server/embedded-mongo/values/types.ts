import type { Document } from 'bson'

/** A BSON type: MongoDB's name of it and its place in the comparison order, which is also the type byte of keys. */
export interface Type {
  readonly name: string
  readonly rank: number
}

/** The classes of the `bson` package that are kept. Numbers of all types compare with each other. */
const CLASSES: Readonly<Record<string, Type>> = {
  MinKey: { name: 'minKey', rank: 1 },
  Int32: { name: 'int', rank: 4 },
  Long: { name: 'long', rank: 4 },
  Double: { name: 'double', rank: 4 },
  Decimal128: { name: 'decimal', rank: 4 },
  Binary: { name: 'binData', rank: 8 },
  ObjectId: { name: 'objectId', rank: 9 },
  Timestamp: { name: 'timestamp', rank: 12 },
  BSONRegExp: { name: 'regex', rank: 13 },
  MaxKey: { name: 'maxKey', rank: 16 },
}

const UNDEFINED: Type = { name: 'undefined', rank: 2 }
const NULL: Type = { name: 'null', rank: 3 }
const OBJECT: Type = { name: 'object', rank: 6 }
/** Plain JavaScript values; decoded numbers always have a class. */
const PRIMITIVES: Readonly<Record<string, Type>> = {
  number: { name: 'double', rank: 4 },
  string: { name: 'string', rank: 5 },
  boolean: { name: 'bool', rank: 10 },
}

/** Types by prototype: a stored field called "_bsontype" must not disguise a document, so those are never asked. */
const BY_PROTOTYPE = new Map<unknown, Type>([
  [Object.prototype, OBJECT],
  [null, OBJECT],
  [Array.prototype, { name: 'array', rank: 7 }],
  [Date.prototype, { name: 'date', rank: 11 }],
])

/** The type of a decoded value. */
export function typeOf(value: unknown): Type {
  if (value === null) return NULL
  if (typeof value !== 'object') return PRIMITIVES[typeof value] ?? UNDEFINED
  const prototype: unknown = Object.getPrototypeOf(value)
  const known = BY_PROTOTYPE.get(prototype)
  if (known) return known
  const type = CLASSES[(value as { _bsontype?: string })._bsontype ?? ''] ?? OBJECT
  BY_PROTOTYPE.set(prototype, type)
  return type
}

/** MongoDB's name of a value's type, as its messages use it. */
export const typeName = (value: unknown): string => typeOf(value).name

export const isNumeric = (value: unknown): boolean => typeOf(value).rank === 4
export const isArray = (value: unknown): value is unknown[] => Array.isArray(value)
/** Whether a value is an embedded document. */
export const isDocument = (value: unknown): value is Document => typeOf(value) === OBJECT

/** The nearest double of a number of any type. */
export function toDouble(value: unknown): number {
  if (typeof value === 'number') return value
  const plain = (value as { value?: unknown }).value
  return typeof plain === 'number' ? plain : Number(String(value))
}

/** Truth of a flag: everything but false, null and zero. */
export const isTruthy = (value: unknown): boolean =>
  isNumeric(value) ? toDouble(value) !== 0 : value !== false && value !== null && value !== undefined

/** Whether a value is a document of operators. */
export const isOperators = (value: unknown): value is Document =>
  isDocument(value) && Object.keys(value)[0]?.startsWith('$') === true
