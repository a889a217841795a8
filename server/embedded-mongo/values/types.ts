import type { BSONRegExp, BSONSymbol, Code, DBRef, Document } from 'bson'

/** BSON type numbers, after bsonspec.org. */
export const T = {
  minKey: -1,
  double: 1,
  string: 2,
  object: 3,
  array: 4,
  binData: 5,
  undefined: 6,
  objectId: 7,
  bool: 8,
  date: 9,
  null: 10,
  regex: 11,
  dbPointer: 12,
  javascript: 13,
  symbol: 14,
  javascriptWithScope: 15,
  int: 16,
  timestamp: 17,
  long: 18,
  decimal: 19,
  maxKey: 127,
} as const

const CLASSES: Record<string, number> = {
  Int32: T.int,
  Double: T.double,
  Long: T.long,
  Decimal128: T.decimal,
  ObjectId: T.objectId,
  Binary: T.binData,
  BSONRegExp: T.regex,
  Timestamp: T.timestamp,
  MinKey: T.minKey,
  MaxKey: T.maxKey,
  BSONSymbol: T.symbol,
  DBRef: T.object,
  Code: T.javascript,
}

/** The BSON type number of a decoded value; whole JavaScript numbers count as the driver would send them. */
export function bsonType(value: unknown): number {
  switch (typeof value) {
    case 'string':
      return T.string
    case 'boolean':
      return T.bool
    case 'number':
      return (value | 0) === value && !Object.is(value, -0) ? T.int : T.double
    case 'bigint':
      return T.long
    case 'undefined':
    case 'symbol':
      return T.undefined
    default:
      return value === null ? T.null : objectType(value as object)
  }
}

/** Types by prototype, so that a class is looked up by its name once only. */
const BY_PROTOTYPE = new Map<unknown, number>([
  // A stored field called "_bsontype" must not disguise a document, so plain objects are never asked for their class.
  [Object.prototype, T.object],
  [null, T.object],
  [Array.prototype, T.array],
  [Date.prototype, T.date],
])

function objectType(value: object): number {
  const prototype: unknown = Object.getPrototypeOf(value)
  const type = BY_PROTOTYPE.get(prototype) ?? classType(value, prototype)
  return type === T.javascript && (value as Code).scope ? T.javascriptWithScope : type
}

function classType(value: object, prototype: unknown): number {
  const type = CLASSES[(value as { _bsontype?: string })._bsontype ?? ''] ?? T.object
  BY_PROTOTYPE.set(prototype, type)
  return type
}

const ALIASES = new Map<number, string>(Object.entries(T).map(([name, type]) => [type, name]))

/** MongoDB's alias of a value's type, as its messages and `$type` use it. */
export const typeName = (value: unknown): string => ALIASES.get(bsonType(value)) ?? 'object'

/** The type number of an alias, or undefined. */
export const typeByAlias = (alias: string): number | undefined =>
  Object.hasOwn(T, alias) ? T[alias as keyof typeof T] : undefined

/** The types in MongoDB's comparison order; those on a line compare by value. */
const ORDER: readonly (readonly number[])[] = [
  [T.minKey],
  [T.undefined],
  [T.null],
  [T.int, T.long, T.double, T.decimal],
  [T.string, T.symbol],
  [T.object],
  [T.array],
  [T.binData],
  [T.objectId],
  [T.bool],
  [T.date],
  [T.timestamp],
  [T.regex],
  [T.javascript],
  [T.javascriptWithScope],
  [T.maxKey],
]
/** Ranks by type number plus one, since MinKey is -1. */
const RANKS = new Uint8Array(130)
for (const [i, types] of ORDER.entries()) for (const type of types) RANKS[type + 1] = i + 1

/** The place of a value's type in the comparison order; also the type byte of keys. */
export const typeRank = (value: unknown): number => RANKS[bsonType(value) + 1] as number

export const NUMBER_RANK = 4
export const isNumeric = (value: unknown): boolean => typeRank(value) === NUMBER_RANK
export const isArray = (value: unknown): value is unknown[] => Array.isArray(value)

/** Whether a value is an embedded document. */
export const isDocument = (value: unknown): value is Document => bsonType(value) === T.object

/** The fields of a document in order; a decoded DBRef is the document it was stored as. */
export function entriesOf(doc: Document): [string, unknown][] {
  return Object.entries(doc._bsontype === 'DBRef' && !Object.hasOwn(doc, '_bsontype') ? (doc as DBRef).toJSON() : doc)
}

/** Sets an own field, also one called `__proto__`, which plain assignment would lose. */
export function setField(doc: Document, name: string, value: unknown): void {
  if (name === '__proto__')
    Object.defineProperty(doc, name, { value, enumerable: true, configurable: true, writable: true })
  else doc[name] = value
}

/** The text of a string, symbol or code value. */
export const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : ((value as BSONSymbol).value ?? String((value as Code).code))

/** Pattern and options of a regular expression. */
export const regexOf = (value: unknown): BSONRegExp => value as BSONRegExp
