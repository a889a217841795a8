/**
 * De-identified records: of each response no more than its figures are made of. No day, no service, no language, no fact
 * about the person, and in an order that says nothing of when it came in.
 */
import { instrumentOf } from '../index/instrument.js'
import type { Tally } from '../index/tally.js'
import { createTallyBuilder, type TallyBuilder } from '../index/tally-responses.js'
import type { Questionnaire } from '../questionnaire/definition.js'
import type { NewResponse } from '../survey/response.js'
import { DISPOSITIONS, type Disposition } from '../survey/vocabulary.js'

const FIRST_COLUMNS = ['unit', 'disposition', 'weight'] as const

/** How much each response weighs: figures of an index report count respondents, so nobody counts for more than one. */
export const RECORD_WEIGHT = 1

const ratingCodes = (questionnaire: Questionnaire) => [...instrumentOf(questionnaire).ratings.keys()]

/** The columns of the table: unit, disposition, weight, then one for each rating item. */
export const recordColumns = (questionnaire: Questionnaire): readonly string[] => [
  ...FIRST_COLUMNS,
  ...ratingCodes(questionnaire),
]

/**
 * Makes the line of a response: codes as answered, empty where the item was not asked. Of a partial case, which counts as
 * received only, no answer is taken over.
 */
export function recordMaker(
  questionnaire: Questionnaire,
): (response: Pick<NewResponse, 'unitUid' | 'disposition' | 'answers'>) => string {
  const codes = ratingCodes(questionnaire)
  return ({ unitUid, disposition, answers }) => {
    const isCounted = disposition === 'complete'
    const cells = codes.map((code) => {
      const answer = isCounted && Object.hasOwn(answers, code) ? answers[code] : undefined
      return typeof answer === 'number' ? String(answer) : ''
    })
    return [unitUid, disposition, RECORD_WEIGHT, ...cells].join(',')
  }
}

/** The first line of the table. */
export const recordsHead = (questionnaire: Questionnaire): string => recordColumns(questionnaire).join(',')

/** Something in a table of records that no release writes. */
export interface RecordFault {
  /** From 1, the head included. */
  readonly line: number
  readonly column: string
  readonly found: string
  readonly expected: string
}

/** Counts of the records by unit, or the first line that cannot be right. */
export type CountedRecords = { readonly tallies: ReadonlyMap<string, Tally> } | { readonly fault: RecordFault }

const CODE = /^(|[1-9]\d?)$/

/**
 * Counts the lines of a table, without its head, as they come: what a release's figures are made of. Holds no line.
 *
 * `add` gives what is wrong with a line, which is then not counted.
 */
export function recordCounter(questionnaire: Questionnaire) {
  const columns = recordColumns(questionnaire)
  const builders = new Map<string, TallyBuilder>()
  let number = 1
  return {
    add(line: string): RecordFault | null {
      number += 1
      const cells = line.split(',')
      const fault = faultOf(cells, columns)
      if (fault !== null) return { line: number, ...fault }
      const [unitUid = '', disposition] = cells
      const builder = builders.get(unitUid) ?? createTallyBuilder(questionnaire)
      builders.set(unitUid, builder)
      const answers: Record<string, number> = {}
      for (let i = FIRST_COLUMNS.length; i < columns.length; i += 1)
        if (cells[i] !== '') answers[columns[i]!] = Number(cells[i])
      builder.add({ disposition: disposition as Disposition, answers })
      return null
    },
    tallies: (): ReadonlyMap<string, Tally> => new Map([...builders].map(([uid, builder]) => [uid, builder.result()])),
  }
}

/** Counts the lines of a whole table, without its head. */
export function countRecords(questionnaire: Questionnaire, lines: Iterable<string>): CountedRecords {
  const counter = recordCounter(questionnaire)
  for (const line of lines) {
    const fault = counter.add(line)
    if (fault !== null) return { fault }
  }
  return { tallies: counter.tallies() }
}

function faultOf(cells: readonly string[], columns: readonly string[]): Omit<RecordFault, 'line'> | null {
  if (cells.length !== columns.length)
    return { column: 'all', found: `${cells.length} cells`, expected: `${columns.length}` }
  const [, disposition = '', weight = ''] = cells
  if (!(DISPOSITIONS as readonly string[]).includes(disposition))
    return { column: 'disposition', found: disposition, expected: DISPOSITIONS.join(', ') }
  if (weight !== String(RECORD_WEIGHT))
    return { column: 'weight', found: weight, expected: `${RECORD_WEIGHT}, as the method weighs every response` }
  const bad = cells.findIndex((cell, i) => i >= FIRST_COLUMNS.length && !CODE.test(cell))
  return bad === -1 ? null : { column: columns[bad]!, found: cells[bad]!, expected: 'a code from 1 to 99, or nothing' }
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
