import type { Document } from 'bson'
import { badValue, failedToParse } from '../errors.js'
import { compileFilter } from '../query/filter.js'
import { isArray, isDocument } from '../values/types.js'

/** Tells which elements a `$[identifier]` stands for. */
export type ElementTests = Map<string, (item: unknown) => boolean>

function identifiersOf(filter: Document): string[] {
  const names = Object.entries(filter).flatMap(([name, value]) => {
    if (!name.startsWith('$')) return [name.split('.')[0] as string]
    return isArray(value) ? value.filter(isDocument).flatMap(identifiersOf) : []
  })
  return [...new Set(names)]
}

/** Compiles `arrayFilters`: one filter for each identifier. @throws {CommandError} 9 or 2 on a malformed list */
export function compileArrayFilters(filters: readonly Document[]): ElementTests {
  const tests: ElementTests = new Map()
  for (const filter of filters) {
    const [name, ...others] = identifiersOf(filter)
    if (name === undefined)
      throw failedToParse('Cannot use an expression without a top-level field name in arrayFilters')
    if (others.length > 0) {
      throw failedToParse(
        `Error parsing array filter :: caused by :: Expected a single top-level field name, found '${name}' and '${others[0]}'`,
      )
    }
    if (!/^[a-z][a-zA-Z0-9]*$/.test(name)) {
      throw badValue(
        `Error parsing array filter :: caused by :: The top-level field name must be an alphanumeric string beginning with a lowercase letter, found '${name}'`,
      )
    }
    if (tests.has(name)) throw failedToParse(`Found multiple array filters with the same top-level field name ${name}`)
    const test = compileFilter(filter)
    tests.set(name, (item) => test({ [name]: item }))
  }
  return tests
}

/** Checks that each identifier in the paths has a filter, and each filter a path. */
export function checkIdentifiers(paths: readonly string[], tests: ElementTests): void {
  const unused = new Set(tests.keys())
  for (const path of paths) {
    for (const part of path.split('.')) {
      const [, name] = /^\$\[(.+)\]$/.exec(part) ?? []
      if (name === undefined) continue
      if (!tests.has(name)) throw badValue(`No array filter found for identifier '${name}' in path '${path}'`)
      unused.delete(name)
    }
  }
  for (const name of unused) throw failedToParse(`The array filter for identifier '${name}' was not used in the update`)
}
