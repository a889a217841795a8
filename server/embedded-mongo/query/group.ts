import type { Document } from 'bson'
import { location } from '../errors.js'
import { keyText } from '../values/key.js'
import { MISSING } from '../values/path.js'
import { isDocument, setField } from '../values/types.js'
import { type Accumulator, accumulatorOf } from './accumulators.js'
import { compileExpression, type Expression, valueOrNull } from './expression.js'

interface Column {
  readonly name: string
  readonly make: () => Accumulator
  readonly input: Expression
}

interface Group {
  readonly id: unknown
  readonly cells: Accumulator[]
}

function columnOf(name: string, spec: unknown): Column {
  if (name.includes('.')) throw location(40235, `The field name '${name}' cannot contain '.'`)
  if (name.startsWith('$')) throw location(40236, `The field name '${name}' cannot be an operator name`)
  if (!isDocument(spec)) throw location(40234, `The field '${name}' must be an accumulator object`)
  const [operator, ...others] = Object.entries(spec)
  if (!operator || others.length > 0) throw location(40238, `The field '${name}' must specify one accumulator`)
  return { name, make: accumulatorOf(operator[0]), input: compileExpression(operator[1]) }
}

/** Compiles `$group`: groups by equal values of the `_id` expression, in the order of their first document. */
export function compileGroup(spec: unknown): (docs: Iterable<Document>) => Iterable<Document> {
  if (!isDocument(spec)) throw location(15947, "a group's fields must be specified in an object")
  if (!Object.hasOwn(spec, '_id')) throw location(15955, 'a group specification must include an _id')
  const { _id, ...fields } = spec
  const idOf = compileExpression(_id)
  const columns = Object.entries(fields).map(([name, column]) => columnOf(name, column))
  return function* (docs) {
    const groups = new Map<string, Group>()
    for (const doc of docs) {
      const group = groupOf(groups, idOf(doc), columns)
      for (const [i, column] of columns.entries()) group.cells[i]?.add(column.input(doc))
    }
    for (const { id, cells } of groups.values()) {
      const result: Document = { _id: valueOrNull(id) }
      for (const [i, { name }] of columns.entries()) setField(result, name, cells[i]?.result())
      yield result
    }
  }
}

function groupOf(groups: Map<string, Group>, value: unknown, columns: readonly Column[]): Group {
  const id = value === MISSING ? null : value
  const key = keyText(id)
  let group = groups.get(key)
  if (!group) {
    group = { id, cells: columns.map(({ make }) => make()) }
    groups.set(key, group)
  }
  return group
}
