import { screenText } from '../comments/screen-text.js'
import { RESPONSE_FIELDS, RESPONSE_ID_FIELDS, STAFF_NAME_FIELDS, STORED_DATA } from './stored-data.js'

/** What may point to a person. */
export type IdentifierFound = 'email' | 'phone' | 'id_number' | 'address' | 'device'

/** Something that the database must not hold. */
export interface PrivacyFinding {
  readonly collection: string
  /** Of the document, as text. */
  readonly id: string
  /** Where in it, with dots. */
  readonly path: string
  /** `unknown_field`: of a response. `link`: a value that ties answers to somebody. Never the value itself. */
  readonly kind: 'unknown_collection' | 'unknown_field' | 'link' | IdentifierFound
}

/** Values that must stand in one kind of collection alone. */
export interface Links {
  /** Ids of responses: elsewhere they would lead from a person's trace to the answers. */
  readonly responseIds: ReadonlySet<string>
  /** Ids and logins of staff, ids of sessions: in a response they would lead to whoever collected or gave it. */
  readonly staffIds: ReadonlySet<string>
}

const alone = (pattern: string) => new RegExp(`(?<![\\p{L}\\d.])(?:${pattern})(?![\\p{L}\\d])`, 'u')

/** Looked for in every text, by patterns of their own: the screening of comments is what they check, among others. */
const DETECTORS: readonly (readonly [IdentifierFound, RegExp])[] = [
  ['email', /[\p{L}\d._%+-]+@[\p{L}\d-]+(?:\.[\p{L}\d-]+)+/u],
  ['phone', alone('(?:0|\\+?84)[235789]\\d{8}')],
  ['id_number', alone('0\\d{11}')],
  ['address', alone('(?:\\d{1,3}\\.){3}\\d{1,3}(?!\\.\\d)')],
  ['address', alone('(?:[0-9a-f]{1,4}:){4,7}[0-9a-f]{1,4}')],
  ['device', /Mozilla\/\d|AppleWebKit|Android \d|iPhone OS/],
]

type Texts = readonly (readonly [path: string, text: string])[]

/** Every text of a value, keys of objects included, since an answer's key is data too. */
function textsIn(value: unknown, path: string): Texts {
  if (typeof value === 'string') return [[path, value]]
  if (Array.isArray(value)) return value.flatMap((one) => textsIn(one, path))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, member]) => {
    const inside = path === '' ? key : `${path}.${key}`
    return [[inside, key] as const, ...textsIn(member, inside)]
  })
}

/** Random, and now and then made of digits like an identity number. */
const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi

function identifiersIn(text: string): readonly IdentifierFound[] {
  const rest = text.replaceAll(UUID, '')
  return DETECTORS.filter(([, pattern]) => pattern.test(rest)).map(([kind]) => kind)
}

/** Words that a link could stand among: a session is stored as JSON, an event's subject as a path. */
const wordsOf = (text: string) => [text, ...(text.match(/[\p{L}\d._-]{8,}/gu) ?? [])]

function isLink(collection: string, path: string, text: string, { responseIds, staffIds }: Links): boolean {
  if (STORED_DATA[collection] !== 'answers') {
    return !RESPONSE_ID_FIELDS.has(`${collection}.${path}`) && wordsOf(text).some((word) => responseIds.has(word))
  }
  return path !== '_id' && wordsOf(text).some((word) => staffIds.has(word))
}

/** What a reader of comments would see of an answer in words; nobody sees it unscreened. A key is read by nobody. */
const asRead = (path: string, text: string) =>
  path.startsWith('answers.') && !path.endsWith(`.${text}`) ? screenText(text).text : text

/**
 * Everything in a stored document that it must not hold.
 *
 * @param document as JSON: dates and ids as text
 */
export function scanDocument(
  collection: string,
  document: Readonly<Record<string, unknown>>,
  links: Links,
): readonly PrivacyFinding[] {
  const id = String(document._id)
  const found = (path: string, kind: PrivacyFinding['kind']): PrivacyFinding => ({ collection, id, path, kind })
  const holds = STORED_DATA[collection]
  if (holds === undefined) return [found('', 'unknown_collection')]
  const foreign = holds === 'answers' ? Object.keys(document).filter((field) => !RESPONSE_FIELDS.has(field)) : []
  const texts = textsIn(document, '').flatMap(([path, text]) => {
    const isStaffName = holds === 'staff' && STAFF_NAME_FIELDS.has(path)
    const identifiers = isStaffName ? [] : identifiersIn(asRead(path, text))
    return [
      ...identifiers.map((kind) => found(path, kind)),
      ...(isLink(collection, path, text, links) ? [found(path, 'link')] : []),
    ]
  })
  return [...foreign.map((field) => found(field, 'unknown_field')), ...texts]
}
