/** A value that JSON can say exactly. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue }

/** With the `u` flag a whole pair is one character, so this finds halves only. */
const LONE_SURROGATE = /[\ud800-\udfff]/u

/**
 * The one canonical JSON text of a value: keys in order of their UTF-16 code units, numbers as ECMAScript prints them,
 * no blanks. Equal values have equal texts, so that a hash of the text names the value.
 *
 * Properties that are `undefined` are left out, as in JSON.
 *
 * @throws {RangeError} on what JSON cannot say: NaN, infinities, functions, halves of surrogate pairs
 * @see RFC 8785, JSON Canonicalization Scheme, sections 3.2.2 and 3.2.3
 * @example canonicalJson({ b: 1, a: 'é' }) // '{"a":"é","b":1}'
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return canonicalString(value)
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new RangeError(`JSON has no number ${value}`)
    return JSON.stringify(value)
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value !== 'object') throw new RangeError(`JSON has no ${typeof value}`)
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    // The default order of strings is by UTF-16 code units, as the standard asks.
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${canonicalString(key)}:${canonicalJson(member)}`)
  return `{${members.join(',')}}`
}

function canonicalString(text: string): string {
  if (LONE_SURROGATE.test(text)) throw new RangeError('JSON text has half of a surrogate pair')
  return JSON.stringify(text)
}
