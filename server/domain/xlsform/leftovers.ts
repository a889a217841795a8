import { canonicalJson, type JsonValue } from '../questionnaire/canonical.js'

/** A part of a questionnaire that the sheets of a form do not hold, and its value as JSON; none: there is no such part. */
export interface Leftover {
  readonly part: string
  readonly value: string
}

type JsonObject = { readonly [key: string]: JsonValue }

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Codes of the members of a list, where each has one of its own. */
function codesOf(value: JsonValue | undefined): readonly string[] | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined
  const codes = value.map((member: JsonValue) =>
    isObject(member) && member.code !== undefined ? String(member.code) : '',
  )
  return codes.every((code) => code !== '') && new Set(codes).size === codes.length ? codes : undefined
}

/**
 * What has to be put into `read` to get `wanted`, in the smallest parts.
 *
 * Parts are named by keys, members of lists by their codes: `sections.ACCESS.items.A1.criteria`.
 */
export function leftoversOf(wanted: JsonValue, read: JsonValue | undefined, part = ''): readonly Leftover[] {
  if (read !== undefined && canonicalJson(wanted) === canonicalJson(read)) return []
  const below = (key: string) => (part === '' ? key : `${part}.${key}`)
  if (isObject(wanted) && isObject(read)) {
    return [
      ...Object.entries(wanted).flatMap(([key, value]) => leftoversOf(value, read[key], below(key))),
      ...Object.keys(read)
        .filter((key) => !Object.hasOwn(wanted, key))
        .map((key) => ({ part: below(key), value: '' })),
    ]
  }
  const codes = codesOf(wanted)
  if (codes !== undefined && codes.join() === codesOf(read)?.join()) {
    const members = wanted as readonly JsonValue[]
    return members.flatMap((member, i) => leftoversOf(member, (read as readonly JsonValue[])[i], below(codes[i]!)))
  }
  return [{ part, value: canonicalJson(wanted) }]
}

/**
 * Puts a part in its place.
 *
 * @returns `undefined` where there is no such place
 * @throws {SyntaxError} when the value is not JSON
 */
export function withLeftover(read: JsonValue, { part, value }: Leftover): JsonValue | undefined {
  return put(read, part.split('.'), value === '' ? undefined : (JSON.parse(value) as JsonValue))
}

function put(
  read: JsonValue | undefined,
  keys: readonly string[],
  value: JsonValue | undefined,
): JsonValue | undefined {
  if (keys.length === 0) return value
  return isObject(read) ? putIntoObject(read, keys, value) : putIntoMember(read, keys, value)
}

function putIntoObject(
  read: JsonObject,
  [key = '', ...rest]: readonly string[],
  value: JsonValue | undefined,
): JsonValue | undefined {
  const isThere = Object.hasOwn(read, key)
  if (rest.length > 0 && !isThere) return undefined
  const next = put(read[key], rest, value)
  if (next === undefined && rest.length > 0) return undefined
  const kept = Object.entries(read).filter(([name]) => name !== key || next !== undefined)
  if (next === undefined) return Object.fromEntries(kept)
  const changed = kept.map(([name, old]) => [name, name === key ? next : old] as const)
  return Object.fromEntries(isThere ? changed : [...changed, [key, next]])
}

function putIntoMember(
  read: JsonValue | undefined,
  [code = '', ...rest]: readonly string[],
  value: JsonValue | undefined,
): JsonValue | undefined {
  const at = codesOf(read)?.indexOf(code) ?? -1
  if (at < 0 || rest.length === 0) return undefined
  const members = read as readonly JsonValue[]
  const member = put(members[at], rest, value)
  return member === undefined ? undefined : members.with(at, member)
}
