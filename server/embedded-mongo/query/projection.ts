import type { Document } from 'bson'
import { refuse } from '../errors.js'
import { checkPath } from '../values/path.js'
import { decode, encode, pickRaw } from '../values/raw.js'
import { isArray, isDocument, isNumeric, isOperators, isTruthy } from '../values/types.js'

/** The named fields; of one that is itself a tree, the fields in it are meant. */
type Tree = Map<string, Tree | undefined>

function readFlag([path, value]: [string, unknown]): [path: string, flag: boolean] {
  checkPath(path)
  if (path.endsWith('.$')) refuse(31276, 'The embedded store has no positional projection')
  if (isNumeric(value) || typeof value === 'boolean') return [path, isTruthy(value)]
  const message = `The embedded store computes no fields: ${path} must be 0, 1, true or false`
  return refuse(isOperators(value) ? 168 : 2, message)
}

/** Adds a path. @throws {CommandError} 31249 or 31250 when a field and one in it are both named */
function addPath(tree: Tree, path: string): void {
  const [name, ...below] = path.split('.') as [string, ...string[]]
  if (tree.has(name) && below.length === 0) refuse(31250, `Path collision at ${path}`)
  if (tree.has(name) && tree.get(name) === undefined) refuse(31249, `Path collision at ${path}`)
  if (below.length === 0) tree.set(name, undefined)
  else addPath(tree.set(name, tree.get(name) ?? new Map()).get(name)!, below.join('.'))
}

/** What is left of a value, as a list that is empty where nothing is. */
function project(value: unknown, tree: Tree, isInclusion: boolean): unknown[] {
  if (isArray(value)) return [value.flatMap((item) => project(item, tree, isInclusion))]
  if (!isDocument(value)) return isInclusion ? [] : [value]
  const fields = Object.entries(value).flatMap(([name, field]) => {
    const below = tree.get(name)
    const kept = below ? project(field, below, isInclusion) : tree.has(name) === isInclusion ? [field] : []
    return kept.map((one) => [name, one] as const)
  })
  return [Object.fromEntries(fields)]
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
  const tree: Tree = new Map((keepsId ?? true) === isInclusion ? [['_id', undefined]] : [])
  for (const [path] of others) addPath(tree, path)
  if ([...tree.values()].some(Boolean)) return (raw) => encode(project(decode(raw), tree, isInclusion)[0] as Document)
  const names = new Set(tree.keys())
  return (raw) => pickRaw(raw, names, !isInclusion)
}
