import type { Binary, BSONRegExp, Decimal128, Double, ObjectId, Timestamp } from 'bson'
import { CommandError } from '../errors.js'
import type { Collection, IndexSpec } from './catalogue.js'

/** MongoDB's error for a second document with the same key. */
export function duplicateKey(
  collection: Collection,
  index: Pick<IndexSpec, 'name' | 'key'>,
  values: readonly unknown[],
): CommandError {
  const fields = Object.keys(index.key)
  const shown = fields.map((field, i) => `${field}: ${show(values[i])}`).join(', ')
  const message = `E11000 duplicate key error collection: ${collection.ns} index: ${index.name} dup key: { ${shown} }`
  const keyValue = Object.fromEntries(fields.map((field, i) => [field, values[i] ?? null]))
  return new CommandError(11000, message, { keyPattern: index.key, keyValue })
}

const SHOW: Readonly<Record<string, (value: never) => string>> = {
  ObjectId: (value: ObjectId) => `ObjectId('${value.toHexString()}')`,
  Double: ({ value }: Double) => (Number.isInteger(value) ? value.toFixed(1) : String(value)),
  Decimal128: (value: Decimal128) => `Decimal128('${value}')`,
  Binary: (value: Binary) => `BinData(${value.sub_type}, ${value.toString('hex').toUpperCase()})`,
  BSONRegExp: ({ pattern, options }: BSONRegExp) => `/${pattern}/${options}`,
  Timestamp: ({ t, i }: Timestamp) => `Timestamp(${t}, ${i})`,
  MinKey: () => 'MinKey',
  MaxKey: () => 'MaxKey',
}

/** A value as MongoDB's messages write it. */
function show(value: unknown): string {
  if (typeof value === 'string') return `"${value}"`
  if (typeof value !== 'object' || value === null) return String(value ?? null)
  if (value instanceof Date) return `new Date(${value.getTime()})`
  if (Array.isArray(value)) return value.length > 0 ? `[ ${value.map(show).join(', ')} ]` : '[]'
  const type = (value as { _bsontype?: string })._bsontype
  if (type) return SHOW[type]?.(value as never) ?? String(value)
  const fields = Object.entries(value).map(([name, item]) => `${name}: ${show(item)}`)
  return fields.length > 0 ? `{ ${fields.join(', ')} }` : '{}'
}
