import type { Method } from '../../domain/method/method.js'

/** Newer versions first; year and number are compared as numbers. */
export function byVersion(a: Pick<Method, 'version'>, b: Pick<Method, 'version'>): number {
  const [yearA = 0, numberA = 0] = a.version.split('.').map(Number)
  const [yearB = 0, numberB = 0] = b.version.split('.').map(Number)
  return yearB - yearA || numberB - numberA
}

/**
 * A method by its id, the newest version of it, or by id and version: `sipas-2017@2026.1`.
 *
 * @returns `undefined` when there is none
 */
export function findMethod(methods: readonly Method[], name: string): Method | undefined {
  const [id, version] = name.split('@')
  return methods
    .filter((method) => method.id === id && (version === undefined || method.version === version))
    .toSorted(byVersion)[0]
}

/** The name of a method in addresses: with its version where a newer one has the same id. */
export function nameOfMethod(method: Method, methods: readonly Method[]): string {
  return findMethod(methods, method.id) === method ? method.id : `${method.id}@${method.version}`
}
