import { refusedCases } from './refused-cases.js'

/**
 * Cases in which the second engine (DocumentDB on PostgreSQL, as `tools/documentdb` starts it) answers otherwise than
 * MongoDB documents and the embedded engine answers, with the reason; by group and name.
 */
const OTHER_CODE = 'It refuses as well, but under a general code (2, 9 or 115) where MongoDB has a particular one'
const EMPTY_ARRAY = 'It sorts an empty array as null or below the missing; MongoDB sorts it before null'
const FIELD_ORDER = 'It adds new fields in the order of the update; MongoDB since 5.0 in the order of their names'
const DOLLAR_STORED = 'It stores a field name that begins with a dollar; MongoDB refuses it in an update by operators'
const OLD_KEY = 'It names the key value of the document that was to be changed, not the value that clashes'
const NEGATIVE_LIMIT = 'It reads a negative limit as the single batch of old drivers; MongoDB refuses it since 5.0'
const PARALLEL = 'It stores a document with two arrays under one compound index; MongoDB refuses it'
const CREATE_TWICE = 'It creates a collection that exists without complaint; MongoDB answers NamespaceExists'
const NOT_OFFERED = 'It does what the embedded engine leaves out by decision 2, or refuses it under another code'

export const knownDifferences: Readonly<Record<string, string>> = {
  'comparison order › every type, ascending': EMPTY_ARRAY,
  'comparison order › arrays by their greatest element, descending': EMPTY_ARRAY,
  'comparison order › a direction that is none': OTHER_CODE,
  'projections › find {"_id":1} with {"projection":{"name":1,"age":0}}': OTHER_CODE,
  'projections › find {"_id":1} with {"projection":{"name":0,"age":1}}': OTHER_CODE,
  'projections › find {"_id":1} with {"projection":{"at":1,"at.city":1}}': OTHER_CODE,
  'projections › find {"_id":1} with {"projection":{"at.city":1,"at":1}}': OTHER_CODE,
  'projections › find {"_id":1} with {"projection":{"name":{"$foo":1}}}': OTHER_CODE,
  'projections › find {"_id":1} with {"projection":{"":1}}': OTHER_CODE,
  'updates › update {} by {"$set":{"c":1,"b":1,"a":1}}': FIELD_ORDER,
  'updates › update {} by {"$set":{"a..b":1}}': OTHER_CODE,
  'updates › update {} by {"$set":{"a.$x":1}}': DOLLAR_STORED,
  'upserts › upsert {"a":"x"} by {"$inc":{"a":1}}': OTHER_CODE,
  'duplicate keys › update of many': OLD_KEY,
  'bulk writes › an insert of an array as id': OTHER_CODE,
  'bulk writes › an insert of no documents': OTHER_CODE,
  'cursors › first batch of {"limit":-1}': NEGATIVE_LIMIT,
  'cursors › first batch of {"skip":-1}': OTHER_CODE,
  'cursors › first batch of {"batchSize":-1}': OTHER_CODE,
  'indexes › two arrays in one index': PARALLEL,
  'commands › create on a collection that is there': CREATE_TWICE,
  'commands › find with an unknown field': OTHER_CODE,
  'commands › insert without documents': OTHER_CODE,
  'commands › update without updates': OTHER_CODE,
  'commands › delete without a limit': OTHER_CODE,
  'commands › aggregate over a change stream': OTHER_CODE,
  ...Object.fromEntries(refusedCases.map(({ name }) => [`refused operations › ${name}`, NOT_OFFERED])),
  'upserts › upsert {"a":{"$regularExpression":{"pattern":"x","options":""}}} by {"$set":{"c":2}}': NOT_OFFERED,
}
