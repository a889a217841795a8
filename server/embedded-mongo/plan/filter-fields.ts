import type { Document } from 'bson'

/** The first part of a dotted path. */
export const rootOf = (path: string): string => path.split('.', 1)[0]!

/** The top-level fields that a filter looks at; undefined when it may look at any. */
export function filterFields(filter: Document): Set<string> | undefined {
  const fields = new Set<string>()
  return collect(filter, fields) ? fields : undefined
}

function collect(filter: Document, fields: Set<string>): boolean {
  return Object.entries(filter).every(([name, wanted]) => {
    if (!name.startsWith('$')) return fields.add(rootOf(name)) && true
    if (name === '$comment') return true
    return Array.isArray(wanted) && wanted.every((part) => collect(part, fields))
  })
}

/** What each stage before `$group` looks at; false when that can't be told. */
const STAGES: Readonly<Record<string, (spec: Document, fields: Set<string>) => boolean>> = {
  $match: collect,
  $sort: (spec, fields) => Object.keys(spec).every((path) => fields.add(rootOf(path))),
  $skip: () => true,
  $limit: () => true,
}

/** The top-level fields that a pipeline can still see at its first `$group` or `$count`; undefined when all are needed. */
export function pipelineFields(stages: readonly Document[]): Set<string> | undefined {
  const fields = new Set<string>()
  for (const stage of stages) {
    const [[name, spec]] = Object.entries(stage) as [[string, Document]]
    if (name === '$count') return fields
    if (name === '$group') return collectPaths(spec, fields) ? fields : undefined
    if (!STAGES[name]?.(spec, fields)) return undefined
  }
  return undefined
}

/** Adds the fields that an expression names as `'$path'`; false when it names the whole document or a variable. */
function collectPaths(expression: unknown, fields: Set<string>): boolean {
  if (typeof expression === 'string' && expression.startsWith('$')) {
    fields.add(rootOf(expression.slice(1)))
    return !expression.startsWith('$$')
  }
  if (typeof expression !== 'object' || expression === null) return true
  return Object.values(expression).every((part) => collectPaths(part, fields))
}
