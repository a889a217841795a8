import type { Document } from 'bson'
import { refuse } from '../errors.js'
import { isTruthy } from '../values/numbers.js'
import { decode, encode, pickRaw } from '../values/raw.js'
import { isArray, isDocument, isNumeric, isOperators, setField } from '../values/types.js'

const REMOVED = Symbol('removed')

/** A projection, read: the named paths, and the fields on the way to them. */
interface Projection {
  readonly paths: ReadonlySet<string>
  readonly ways: ReadonlySet<string>
  readonly isInclusion: boolean
}

function readFlag([path, value]: [string, unknown]): [path: string, flag: boolean] {
  if (path.split('.').includes(''))
    refuse(path === '' ? 40352 : 15998, 'FieldPath field names may not be empty strings.')
  if (path.startsWith('$')) refuse(16410, "FieldPath field names may not start with '$'.")
  if (path.endsWith('.$')) refuse(31276, 'The embedded store has no positional projection')
  if (isNumeric(value) || typeof value === 'boolean') return [path, isTruthy(value)]
  const message = `The embedded store computes no fields: ${path} must be 0, 1, true or false`
  return refuse(isOperators(value) ? 168 : 2, message)
}

/** The fields on the way to a path: `a` and `a.b` for `a.b.c`. */
const wayTo = (path: string) => path.split('.').map((_, i, parts) => parts.slice(0, i).join('.'))

function checkOverlaps(paths: readonly string[]): void {
  for (const [i, path] of paths.entries()) {
    const below = paths.findIndex((other) => other.startsWith(`${path}.`))
    if (below >= 0) refuse(below > i ? 31249 : 31250, `Path collision at ${path}`)
  }
}

function project(value: unknown, by: Projection, above = ''): unknown {
  if (isArray(value)) return value.map((item) => project(item, by, above)).filter((item) => item !== REMOVED)
  if (!isDocument(value)) return by.isInclusion ? REMOVED : value
  const result: Document = {}
  for (const [name, field] of Object.entries(value)) {
    const path = above + name
    const kept = by.ways.has(path) ? project(field, by, `${path}.`) : field
    const isKept = by.ways.has(path) ? kept !== REMOVED : by.paths.has(path) === by.isInclusion
    if (isKept) setField(result, name, kept)
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
  const flags = Object.entries(spec).map(readFlag)
  if (flags.length === 0) return (raw) => raw
  const others = flags.filter(([path]) => path !== '_id')
  const keepsId = flags.find(([path]) => path === '_id')?.[1]
  const isInclusion = others[0]?.[1] ?? keepsId === true
  const mixed = others.find(([, flag]) => flag !== isInclusion)
  if (mixed) refuse(mixed[1] ? 31253 : 31254, `Cannot mix inclusion and exclusion: ${mixed[0]}`)
  const named = others.map(([path]) => path)
  checkOverlaps(named)
  const paths = new Set((keepsId ?? true) === isInclusion ? ['_id', ...named] : named)
  const ways = new Set(named.flatMap(wayTo))
  ways.delete('')
  if (ways.size === 0) return (raw) => pickRaw(raw, paths, !isInclusion)
  return (raw) => encode(project(decode(raw), { paths, ways, isInclusion }) as Document)
}
