import type { Document } from 'bson'
import { pick, type Random } from './random-values.js'

const SCALARS = [0, 1, 2, -1.5, 'a', 'b', '', null, true, false]
const PATHS = ['a', 'b', 'a.b', 'a.a', 'b.a', 'a.0', 'a.1', 'a.b.a', 'a.0.b', 'a.0.0', 'b.1.a', 'c']

/** A value of few kinds, so that filters often match. */
export function plainValue(random: Random, depth: number): unknown {
  if (depth > 0 && random() < 0.3)
    return Array.from({ length: Math.floor(random() * 4) }, () => plainValue(random, depth - 1))
  return depth > 0 && random() < 0.4 ? plainDocument(random, depth - 1) : pick(random, SCALARS)
}

export function plainDocument(random: Random, depth: number): Document {
  const names = ['a', 'b'].filter(() => random() < 0.7)
  return Object.fromEntries(names.map((name) => [name, plainValue(random, depth)]))
}

const listOf = (random: Random) => Array.from({ length: Math.floor(random() * 3) }, () => plainValue(random, 1))

function operatorDocument(random: Random, depth: number): Document {
  const name = pick(random, OPERATORS)
  const operand = (): unknown => {
    if (['$in', '$nin'].includes(name)) return listOf(random)
    if (name === '$exists') return random() < 0.5
    if (name === '$not') return operatorDocument(random, 0)
    return plainValue(random, 1)
  }
  const first = { [name]: operand() }
  return depth > 0 && random() < 0.3 ? { ...operatorDocument(random, 0), ...first } : first
}

const RANGES = ['$gt', '$gte', '$lt', '$lte', '$gt', '$gte', '$lt', '$lte']
const OPERATORS = [...RANGES, '$eq', '$ne', '$in', '$nin', '$exists', '$not']

/** A filter over the fields of `plainDocument`. */
export function randomFilter(random: Random, depth = 2): Document {
  if (depth > 0 && random() < 0.25) {
    const parts = Array.from({ length: 1 + Math.floor(random() * 2) }, () => randomFilter(random, depth - 1))
    return { [pick(random, ['$and', '$or', '$nor'])]: parts }
  }
  const condition = () => (random() < 0.4 ? plainValue(random, 1) : operatorDocument(random, depth))
  const filter: Document = { [pick(random, PATHS)]: condition() }
  if (depth > 0 && random() < 0.3) filter[pick(random, PATHS)] = condition()
  return filter
}
