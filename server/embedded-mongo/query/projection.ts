import type { Document } from 'bson'
import { CommandError } from '../errors.js'
import { isTruthy } from '../values/numbers.js'
import { decode, encode, pickRaw } from '../values/raw.js'
import { isArray, isDocument, isNumeric, isOperators, setField } from '../values/types.js'

/** The named fields, each whole (true) or with fields of its own. */
type Fields = Map<string, Fields | true>

function place(root: Fields, path: string): void {
  const parts = path.split('.')
  if (parts.includes(''))
    throw new CommandError(path === '' ? 40352 : 15998, 'FieldPath field names may not be empty strings.')
  if (path.startsWith('$')) throw new CommandError(16410, "FieldPath field names may not start with '$'.")
  if (path.endsWith('.$')) throw new CommandError(31276, 'The embedded store has no positional projection')
  const last = parts.pop()!
  let at = root
  for (const part of parts) {
    const next = at.get(part) ?? new Map()
    if (next === true) throw new CommandError(31249, `Path collision at ${path}`)
    at.set(part, next)
    at = next
  }
  if (at.has(last)) throw new CommandError(31250, `Path collision at ${path}`)
  at.set(last, true)
}

/** The flags of a projection by path; a document of flags stands for the paths below its field. */
function flagsOf(spec: Document, above = ''): [string, boolean][] {
  return Object.entries(spec).flatMap(([name, value]): [string, boolean][] => {
    const path = above + name
    if (isNumeric(value) || typeof value === 'boolean') return [[path, isTruthy(value)]]
    if (isOperators(value)) throw new CommandError(168, `Unrecognized expression in projection of ${path}`)
    if (!isDocument(value) || Object.keys(value).length === 0)
      throw new CommandError(2, `The embedded store computes no fields: ${path} must be 0, 1, true or false`)
    return flagsOf(value, `${path}.`)
  })
}

const REMOVED = Symbol('removed')

function project(value: unknown, fields: Fields, isInclusion: boolean): unknown {
  if (isArray(value)) return value.map((item) => project(item, fields, isInclusion)).filter((item) => item !== REMOVED)
  if (!isDocument(value)) return isInclusion ? REMOVED : value
  const result: Document = {}
  for (const [name, field] of Object.entries(value)) {
    const wanted = fields.get(name)
    if (wanted === undefined ? isInclusion : wanted === true && !isInclusion) continue
    const kept = wanted instanceof Map ? project(field, wanted, isInclusion) : field
    if (kept !== REMOVED) setField(result, name, kept)
  }
  return result
}

/**
 * Compiles a projection of stored documents: inclusion or exclusion of fields by path. Where it names top-level fields
 * only, nothing is decoded.
 *
 * @throws {CommandError} 31253, 31254 for a mixture, 31249, 31250 for paths that overlap, 2 or 168 for computed fields
 */
export function compileProjection(spec: Document = {}): (raw: Buffer) => Buffer {
  const flags = flagsOf(spec)
  if (flags.length === 0) return (raw) => raw
  const others = flags.filter(([path]) => path !== '_id')
  const keepsId = flags.find(([path]) => path === '_id')?.[1]
  const isInclusion = others[0]?.[1] ?? keepsId === true
  const mixed = others.find(([, flag]) => flag !== isInclusion)
  if (mixed) throw new CommandError(mixed[1] ? 31253 : 31254, `Cannot mix inclusion and exclusion: ${mixed[0]}`)
  const fields: Fields = new Map()
  for (const [path] of others) place(fields, path)
  if ((keepsId ?? true) === isInclusion && !fields.has('_id')) fields.set('_id', true)
  const names = new Set(fields.keys())
  if ([...fields.values()].every((below) => below === true)) return (raw) => pickRaw(raw, names, !isInclusion)
  return (raw) => encode(project(decode(raw), fields, isInclusion) as Document)
}
