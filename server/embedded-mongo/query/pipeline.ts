import { type Document, Int32 } from 'bson'
import { failedToParse, location, typeMismatch } from '../errors.js'
import { toDouble } from '../values/numbers.js'
import { isDocument, isNumeric, setField } from '../values/types.js'
import { compileFilter } from './filter.js'
import { compileGroup } from './group.js'
import { compileProjection } from './projection.js'
import { compileSort } from './sort.js'

/** One step of a pipeline. */
type Step = (docs: Iterable<Document>) => Iterable<Document>

/** A compiled aggregation: what the storage should select, and what to do with it. */
export interface Pipeline {
  /** The filter of the leading `$match` stages; `run` expects only documents that pass it. */
  readonly match: Document
  readonly run: (docs: Iterable<Document>) => Iterable<Document>
}

function match(spec: unknown): Step {
  if (!isDocument(spec)) throw location(15959, 'the match filter must be an expression in an object')
  const test = compileFilter(spec)
  return function* (docs) {
    for (const doc of docs) if (test(doc)) yield doc
  }
}

function sort(spec: unknown): Step {
  if (!isDocument(spec)) throw location(15973, 'the $sort key specification must be an object')
  if (Object.keys(spec).length === 0) throw location(15976, '$sort stage must have at least one sort key')
  const order = compileSort(spec)
  return (docs) => [...docs].sort(order)
}

function countOf(stage: string, code: number, value: unknown): number {
  const prefix = `invalid argument to ${stage} stage: Expected`
  if (!isNumeric(value)) throw location(code, `${prefix} a number in: ${stage}`)
  const count = toDouble(value)
  if (!Number.isInteger(count)) throw location(code, `${prefix} an integer: ${stage}: ${count}`)
  if (count < 0) throw location(code, `${prefix} a non-negative number in: ${stage}: ${count}`)
  return count
}

function limit(spec: unknown): Step {
  const count = countOf('$limit', 5107201, spec)
  if (count === 0) throw location(15958, 'the limit must be positive')
  return function* (docs) {
    let left = count
    for (const doc of docs) {
      yield doc
      if (--left === 0) return
    }
  }
}

function skip(spec: unknown): Step {
  const count = countOf('$skip', 5107200, spec)
  return function* (docs) {
    let left = count
    for (const doc of docs) if (left-- <= 0) yield doc
  }
}

function project(spec: unknown): Step {
  if (!isDocument(spec)) throw location(15969, '$project specification must be an object')
  if (Object.keys(spec).length === 0) {
    throw location(51272, 'Invalid $project :: caused by :: projection specification must have at least one field')
  }
  const apply = compileProjection(spec)
  return function* (docs) {
    for (const doc of docs) yield apply(doc)
  }
}

function count(spec: unknown): Step {
  if (typeof spec !== 'string') throw location(40156, 'the count field must be a non-empty string')
  if (spec === '') throw location(40157, 'the count field must be a non-empty string')
  if (spec.startsWith('$')) throw location(40158, 'the count field cannot be a $-prefixed path')
  if (spec.includes('.')) throw location(40160, "the count field cannot contain '.'")
  return function* (docs) {
    let found = 0
    for (const _ of docs) found++
    if (found === 0) return
    const result: Document = {}
    setField(result, spec, new Int32(found))
    yield result
  }
}

/** The stages that run here; `$changeStream` is known only to be refused as MongoDB refuses it. */
export const STAGES: Record<string, (spec: unknown) => Step> = {
  $match: match,
  $group: compileGroup,
  $sort: sort,
  $limit: limit,
  $skip: skip,
  $project: project,
  $count: count,
  $changeStream: () => {
    throw location(40573, 'The $changeStream stage is only supported on replica sets')
  },
}

function compileStage(stage: unknown): Step {
  if (!isDocument(stage)) throw typeMismatch("Each element of the 'pipeline' array must be an object")
  const [first, ...others] = Object.entries(stage)
  if (!first || others.length > 0) {
    throw location(40323, 'A pipeline stage specification object must contain exactly one field.')
  }
  const make = Object.hasOwn(STAGES, first[0]) ? STAGES[first[0]] : undefined
  if (!make) throw location(40324, `Unrecognized pipeline stage name: '${first[0]}'`)
  return make(first[1])
}

/**
 * Compiles an aggregation of `$match $group $sort $limit $skip $project $count`.
 * @throws {CommandError} 40324 on another stage, and each stage's own codes
 */
export function compilePipeline(stages: readonly Document[]): Pipeline {
  if (!Array.isArray(stages)) throw failedToParse("'pipeline' must be an array")
  const steps = stages.map(compileStage)
  const isLater = stages.findIndex((stage) => !Object.hasOwn(stage, '$match'))
  const leading = isLater < 0 ? stages.length : isLater
  const filters = stages.slice(0, leading).map((stage) => stage.$match as Document)
  return {
    match: filters.length > 1 ? { $and: filters } : (filters[0] ?? {}),
    run: (docs) => steps.slice(leading).reduce((found, step) => step(found), docs),
  }
}
