import type { Document } from 'bson'

/**
 * A second evaluation of filters, written apart from the engine: it gathers, level by level, everything that a path
 * can mean, over plain JavaScript values (numbers, ASCII text, booleans, null, arrays, documents).
 */
interface Reached {
  readonly value: unknown
  readonly byPosition: boolean
}

interface Ends {
  readonly reached: Reached[]
  readonly isSomewhereMissing: boolean
}

const isObject = (value: unknown): value is Document =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What one value leads to under the next name of a path. */
function below({ value, byPosition }: Reached, name: string): { next: Reached[]; isMissing: boolean } {
  const isArray = Array.isArray(value)
  const holders = isArray ? value.filter(isObject) : isObject(value) ? [value] : []
  const found = holders.filter((holder) => name in holder)
  const next: Reached[] = found.map((holder) => ({ value: holder[name], byPosition: false }))
  if (isArray && /^\d+$/.test(name) && Number(name) < value.length) {
    next.push({ value: value[Number(name)], byPosition: true })
  }
  const isDeadEnd = !isArray && !isObject(value) && !byPosition
  return { next, isMissing: isDeadEnd || found.length < holders.length }
}

function ends(doc: Document, path: string): Ends {
  let reached: Reached[] = [{ value: doc, byPosition: false }]
  let isSomewhereMissing = false
  for (const name of path.split('.')) {
    const steps = reached.map((one) => below(one, name))
    reached = steps.flatMap(({ next }) => next)
    isSomewhereMissing ||= steps.some(({ isMissing }) => isMissing)
  }
  return { reached, isSomewhereMissing }
}

const TYPE_ORDER = ['null', 'number', 'string', 'object', 'array', 'boolean']
const typeOf = (value: unknown) => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value)

/** The documented order for the plain values above, by writing both sides out as lists of comparable scalars. */
export function plainOrder(a: unknown, b: unknown): number {
  const [x, y] = [flat(a), flat(b)]
  for (let i = 0; i < Math.max(x.length, y.length); i++) {
    const [left, right] = [x[i], y[i]]
    if (left === undefined || right === undefined) return left === undefined ? -1 : 1
    if (left < right) return -1
    if (left > right) return 1
  }
  return 0
}

function flat(value: unknown): (number | string)[] {
  const type = TYPE_ORDER.indexOf(typeOf(value)) + 1
  if (Array.isArray(value)) return [type, ...value.flatMap(flat), 0]
  if (!isObject(value))
    return value === null ? [type] : [type, typeof value === 'boolean' ? Number(value) : (value as string)]
  const fields = Object.entries(value).flatMap(([name, field]) => {
    const [fieldType = 0, ...rest] = flat(field)
    return [fieldType, name, ...rest]
  })
  return [type, ...fields, 0]
}

const ranges: Record<string, (order: number) => boolean> = {
  $gt: (order) => order > 0,
  $gte: (order) => order >= 0,
  $lt: (order) => order < 0,
  $lte: (order) => order <= 0,
}

function candidates({ reached }: Ends): unknown[] {
  return reached.flatMap(({ value, byPosition }) => (Array.isArray(value) && !byPosition ? [...value, value] : [value]))
}

function holds(at: Ends, operator: string, wanted: unknown): boolean {
  const any = candidates(at)
  const whole = at.reached.map(({ value }) => value)
  const equal = (one: unknown) =>
    any.some((value) => plainOrder(value, one) === 0) || (one === null && at.isSomewhereMissing)
  switch (operator) {
    case '$eq':
      return equal(wanted)
    case '$ne':
      return !equal(wanted)
    case '$in':
      return (wanted as unknown[]).some(equal)
    case '$nin':
      return !(wanted as unknown[]).some(equal)
    case '$exists':
      return whole.length > 0 === wanted
    case '$not':
      return !Object.entries(wanted as Document).every(([name, operand]) => holds(at, name, operand))
    default: {
      if (wanted === null) return operator.endsWith('e') && equal(null)
      return any.some((value) => typeOf(value) === typeOf(wanted) && ranges[operator]?.(plainOrder(value, wanted)))
    }
  }
}

/** Whether a document matches a filter. */
export function bruteForce(doc: Document, filter: Document): boolean {
  return Object.entries(filter).every(([name, wanted]) => {
    if (name === '$and') return (wanted as Document[]).every((part) => bruteForce(doc, part))
    if (name === '$or') return (wanted as Document[]).some((part) => bruteForce(doc, part))
    if (name === '$nor') return !(wanted as Document[]).some((part) => bruteForce(doc, part))
    const at = ends(doc, name)
    const isOfOperators = isObject(wanted) && Object.keys(wanted)[0]?.startsWith('$')
    return Object.entries(isOfOperators ? wanted : { $eq: wanted }).every(([key, operand]) => holds(at, key, operand))
  })
}
