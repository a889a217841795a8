/**
 * De-identified records: of each response no more than its figures are made of. No day, no time, no words, and in an order that
 * says nothing of when it came in. They are for auditors: unit, service and groups together may point to a person.
 */
import type { AnalysisPlan } from '../analysis/analysis-plan.js'
import { type AnalysisSums, createAnalysisSums } from '../analysis/analysis-sums.js'
import type { JudgedCase } from '../analysis/judge-case.js'
import { instrumentOf } from '../index/instrument.js'
import type { Tally } from '../index/tally.js'
import { createTallyBuilder, type TallyBuilder } from '../index/tally-responses.js'
import type { Answer } from '../questionnaire/definition.js'
import { QUALITY_FLAGS, type QualityFlag } from '../statistics/instruments/quality-rules.js'
import { DISPOSITIONS, type Disposition } from '../survey/vocabulary.js'
import { RELEASE_RULES } from './release-rules.js'

const FIRST_COLUMNS = ['unit', 'disposition', 'weight'] as const
const LAST_COLUMNS = ['service', 'flags', 'topics'] as const

/** How much each response weighs: figures of an index report count respondents, so nobody counts for more than one. */
export const RECORD_WEIGHT = 1

/** Topics of somebody who commented on none of them. */
const NO_TOPIC = '-'

/** Items whose answers a record holds: ratings, then what the analysis reads besides. */
function recordedItems({ questionnaire, demographics, wishes, negatives }: AnalysisPlan): readonly string[] {
  const ratings = instrumentOf(questionnaire).ratings.keys()
  const others = [
    ...demographics.map(({ code }) => code),
    ...negatives.map(({ item }) => item),
    ...(wishes === null ? [] : [wishes.code]),
  ]
  return [...new Set([...ratings, ...others])]
}

/** The columns of the table: unit, end and weight, one for each item, then service, quality flags and topics of the comment. */
export const recordColumns = (plan: AnalysisPlan): readonly string[] => [
  ...FIRST_COLUMNS,
  ...recordedItems(plan),
  ...LAST_COLUMNS,
]

/** A response as a record is made of it. */
export type RecordedCase = JudgedCase & { readonly unitUid: string; readonly service: string }

const cellOf = (answer: Answer | undefined): string =>
  typeof answer === 'number' ? String(answer) : Array.isArray(answer) ? answer.join(' ') || NO_PICK : ''
/** Somebody who was asked and picked nothing. */
const NO_PICK = '-'

/**
 * Makes the line of a response: codes as answered, empty where the item was not asked. Of a partial case, which counts as
 * received only, no answer is taken over.
 */
export function recordMaker(plan: AnalysisPlan): (one: RecordedCase) => string {
  const codes = recordedItems(plan)
  return ({ unitUid, service, disposition, answers, flags, comment }) => {
    const isCounted = disposition === 'complete'
    const cells = codes.map((code) => (isCounted && Object.hasOwn(answers, code) ? cellOf(answers[code]) : ''))
    const topics = comment === null ? '' : comment.codes.join(' ') || NO_TOPIC
    return [unitUid, disposition, RECORD_WEIGHT, ...cells, service, flags.join(' '), topics].join(',')
  }
}

/** The first line of the table. */
export const recordsHead = (plan: AnalysisPlan): string => recordColumns(plan).join(',')

/** Something in a table of records that no release writes. */
export interface RecordFault {
  /** From 1, the head included. */
  readonly line: number
  readonly column: string
  readonly found: string
  readonly expected: string
}

/** What the figures of a release are made of. */
export interface RecordCounts {
  readonly units: ReadonlyMap<string, Tally>
  readonly services: ReadonlyMap<string, Tally>
  /** By service: the units at which somebody was asked about it. */
  readonly unitsOfService: ReadonlyMap<string, ReadonlySet<string>>
  readonly analysis: AnalysisSums
}

/** Counts of the records, or the first line that cannot be right. */
export type CountedRecords = { readonly counts: RecordCounts } | { readonly fault: RecordFault }

/**
 * Counts the lines of a table, without its head, as they come: what a release's figures are made of. Holds no line.
 *
 * `add` gives what is wrong with a line, which is then not counted.
 *
 * @param columns of a table of an earlier layout, or what of it is compared; what it lacks counts as not asked
 */
export function recordCounter(plan: AnalysisPlan, columns: readonly string[] = recordColumns(plan)) {
  const builders = { unit: new Map<string, TallyBuilder>(), service: new Map<string, TallyBuilder>() }
  const unitsOfService = new Map<string, Set<string>>()
  const analysis = createAnalysisSums(plan, RELEASE_RULES)
  const checks = columns.map((column) => checkOf(plan, column))
  const read = recordReader(plan, columns)
  const builderOf = (of: Map<string, TallyBuilder>, key: string) => {
    const known = of.get(key) ?? createTallyBuilder(plan.questionnaire)
    of.set(key, known)
    return known
  }
  let number = 1
  return {
    add(line: string): RecordFault | null {
      number += 1
      const cells = line.split(',')
      const fault = faultOf(cells, columns, checks)
      if (fault !== null) return { line: number, ...fault }
      const one = read(cells)
      builderOf(builders.unit, one.unitUid).add(one)
      builderOf(builders.service, one.service).add(one)
      const units = unitsOfService.get(one.service) ?? new Set()
      unitsOfService.set(one.service, units.add(one.unitUid))
      analysis.add(one)
      return null
    },
    result: (): RecordCounts => ({
      units: new Map([...builders.unit].map(([uid, builder]) => [uid, builder.result()])),
      services: new Map([...builders.service].map(([code, builder]) => [code, builder.result()])),
      unitsOfService: new Map(unitsOfService),
      analysis: analysis.result(),
    }),
  }
}

/** Counts the lines of a whole table, without its head. */
export function countRecords(plan: AnalysisPlan, lines: Iterable<string>): CountedRecords {
  const counter = recordCounter(plan)
  for (const line of lines) {
    const fault = counter.add(line)
    if (fault !== null) return { fault }
  }
  return { counts: counter.result() }
}

const codesIn = (cell: string): readonly string[] => (cell === '' || cell === NO_PICK ? [] : cell.split(' '))

/** Makes what reads the cells of a checked line back. */
function recordReader(plan: AnalysisPlan, columns: readonly string[]): (cells: readonly string[]) => RecordedCase {
  const at = (column: string) => columns.indexOf(column)
  const items = recordedItems(plan).flatMap((code) => (at(code) === -1 ? [] : [{ code, i: at(code) }]))
  const several = plan.wishes?.code
  return (cells) => {
    const cell = (column: string) => cells[at(column)] ?? ''
    const answers: Record<string, Answer> = {}
    for (const { code, i } of items) {
      const text = cells[i]!
      if (text !== '') answers[code] = code === several ? codesIn(text).map(Number) : Number(text)
    }
    return {
      unitUid: cell('unit'),
      service: cell('service'),
      disposition: cell('disposition') as Disposition,
      answers,
      flags: codesIn(cell('flags')) as QualityFlag[],
      comment: cell('topics') === '' ? null : { codes: codesIn(cell('topics')), shown: null },
    }
  }
}

interface CellCheck {
  readonly isGood: (cell: string) => boolean
  readonly expected: string
}

const CODE = /^(|0|[1-9]\d?)$/
const CODES = /^(|-|(0|[1-9]\d?)( (0|[1-9]\d?))*)$/
const KEY = /^[A-Za-z0-9._-]+$/

function checkOf({ wishes, comments }: AnalysisPlan, column: string): CellCheck {
  const listOf = (known: readonly string[]) => (cell: string) => codesIn(cell).every((code) => known.includes(code))
  const topics = (comments?.codes ?? []).map(({ code }) => code)
  const own: Readonly<Record<string, CellCheck>> = {
    unit: { isGood: (cell) => KEY.test(cell), expected: 'the uid of a unit' },
    disposition: {
      isGood: (cell) => (DISPOSITIONS as readonly string[]).includes(cell),
      expected: DISPOSITIONS.join(', '),
    },
    weight: {
      isGood: (cell) => cell === String(RECORD_WEIGHT),
      expected: `${RECORD_WEIGHT}, as the method weighs every response`,
    },
    service: { isGood: (cell) => KEY.test(cell), expected: 'the code of a service' },
    flags: { isGood: (cell) => cell !== NO_PICK && listOf(QUALITY_FLAGS)(cell), expected: QUALITY_FLAGS.join(', ') },
    topics: { isGood: listOf(topics), expected: `${topics.join(', ')} or ${NO_TOPIC}` },
  }
  if (Object.hasOwn(own, column)) return own[column]!
  return column === wishes?.code
    ? { isGood: (cell) => CODES.test(cell), expected: `codes from 0 to 99, ${NO_PICK} or nothing` }
    : { isGood: (cell) => CODE.test(cell), expected: 'a code from 0 to 99, or nothing' }
}

function faultOf(
  cells: readonly string[],
  columns: readonly string[],
  checks: readonly CellCheck[],
): Omit<RecordFault, 'line'> | null {
  if (cells.length !== columns.length)
    return { column: 'all', found: `${cells.length} cells`, expected: `${columns.length}` }
  const bad = cells.findIndex((cell, i) => !checks[i]!.isGood(cell))
  return bad === -1 ? null : { column: columns[bad]!, found: cells[bad]!, expected: checks[bad]!.expected }
}

/**
 * The records that only one of two tables has, each as often as it is there more often than in the other: whose answers a
 * reader of both sees come or go.
 *
 * @param before lines in the order of their characters; `after` likewise
 */
export function changedRecords(before: readonly string[], after: readonly string[]): readonly string[] {
  const changed: string[] = []
  let i = 0
  let j = 0
  while (i < before.length || j < after.length) {
    const [old, fresh] = [before[i], after[j]]
    if (old === fresh) {
      i += 1
      j += 1
    } else if (fresh === undefined || (old !== undefined && old < fresh)) {
      changed.push(old!)
      i += 1
    } else {
      changed.push(fresh)
      j += 1
    }
  }
  return changed
}
