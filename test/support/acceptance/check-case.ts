/** Between the keys of a path; keys of the golden files hold dots and strokes. */
const SEPARATOR = '>'

/** How the values of one golden case are held to the code. */
export interface AcceptanceCase {
  /** Paths of what the computation is given, with `*` for any key; everything else is expected of it. */
  readonly inputs: readonly string[]
  /** Paths that say something to people and can be neither given nor computed, with the reason. */
  readonly remarks: Readonly<Record<string, string>>
  /** Largest relative error of a number. */
  readonly tolerance: number
  /** The expected values, computed by the code from the inputs, in the shape of the case. */
  readonly compute: (given: never) => unknown
}

/**
 * Describes a case.
 *
 * @param compute sees the inputs and nothing else of the case
 */
export const acceptanceCase = <Given>(
  inputs: readonly string[],
  compute: (given: Given) => unknown,
  { tolerance = 1e-9, remarks = {} }: { tolerance?: number; remarks?: Readonly<Record<string, string>> } = {},
): AcceptanceCase => ({ inputs, remarks, tolerance, compute })

const isBranch = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

/** Every leaf of a tree by its path, such as `strata>noi_thanh>N`. */
export function leavesOf(tree: unknown, path: readonly string[] = []): ReadonlyMap<string, unknown> {
  if (!isBranch(tree)) return new Map([[path.join(SEPARATOR), tree]])
  return new Map(Object.entries(tree).flatMap(([key, value]) => [...leavesOf(value, [...path, key])]))
}

function isUnder(path: string, patterns: readonly string[]): boolean {
  const keys = path.split(SEPARATOR)
  return patterns.some((pattern) => pattern.split(SEPARATOR).every((key, i) => key === '*' || key === keys[i]))
}

/** What of a tree lies under the patterns, with a note of each leaf that is read. */
function watched(tree: unknown, patterns: readonly string[], read: Set<string>, path: readonly string[] = []): unknown {
  if (!isBranch(tree)) return tree
  const kept = Object.entries(tree).filter(([key, value]) =>
    [...leavesOf(value, [...path, key]).keys()].some((leaf) => isUnder(leaf, patterns)),
  )
  const values = kept.map(([key, value]) => [key, watched(value, patterns, read, [...path, key])] as const)
  const target = Array.isArray(tree) ? values.map(([, value]) => value) : Object.fromEntries(values)
  return new Proxy(target, {
    get(object, key, receiver) {
      const value: unknown = Reflect.get(object, key, receiver)
      if (typeof key === 'string' && Object.hasOwn(object, key) && !isBranch(value))
        read.add([...path, key].join(SEPARATOR))
      return value
    },
  })
}

function agree(expected: unknown, actual: unknown, tolerance: number): boolean {
  if (typeof expected !== 'number' || typeof actual !== 'number') return expected === actual
  return Math.abs(actual - expected) <= tolerance * (expected === 0 ? 1 : Math.abs(expected))
}

/**
 * Holds every leaf of a golden case to the code.
 *
 * @returns a sentence per leaf that was neither read as an input nor met by a computed value; empty when all is well
 */
export function faultsOfCase(golden: unknown, { inputs, remarks, tolerance, compute }: AcceptanceCase): string[] {
  const read = new Set<string>()
  const computed = leavesOf(compute(watched(golden, inputs, read) as never))
  const leaves = leavesOf(golden)
  const faults = [...leaves].flatMap(([path, expected]) => {
    if (isUnder(path, Object.keys(remarks))) return []
    if (isUnder(path, inputs)) return read.has(path) ? [] : [`${path}: given, but never read`]
    if (!computed.has(path)) return [`${path}: expected ${expected}, but nothing computes it`]
    const actual = computed.get(path)
    return agree(expected, actual, tolerance) ? [] : [`${path}: expected ${expected}, got ${actual}`]
  })
  const extra = [...computed.keys()]
    .filter((path) => !leaves.has(path))
    .map((path) => `${path}: computed, not in the case`)
  return [...faults, ...extra]
}
