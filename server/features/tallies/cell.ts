import { addMonths, monthOf } from '../../domain/survey/day.js'
import type { NewResponse } from '../../domain/survey/response.js'

/**
 * Levels of counting, lowest first: a day at one place by one door; its month; the month over all services; the whole wave at
 * one place; the whole wave over all services. Each is merged from the one it names in `parentsOf`.
 */
export const CELL_LEVELS = ['day', 'month', 'month_all_services', 'wave', 'wave_all_services'] as const
export type CellLevel = (typeof CELL_LEVELS)[number]

/** In place of a service, channel or period that a level does not tell apart. */
export const ALL = '*'

/** What one tally counts. Mode and questionnaire belong to it: neither is ever pooled. */
export interface Cell {
  readonly level: CellLevel
  readonly waveId: string
  readonly unitUid: string
  readonly service: string
  readonly mode: string
  readonly questionnaireHash: string
  readonly channel: string
  /** The day, the first day of the month, or `ALL`. */
  readonly period: string
}

/** What of a response decides its cell. */
export type CountedPlace = Pick<
  NewResponse,
  'waveId' | 'unitUid' | 'service' | 'mode' | 'questionnaireHash' | 'channel' | 'day'
>

/** The day cell in which a response is counted. */
export function dayCellOf({ waveId, unitUid, service, mode, questionnaireHash, channel, day }: CountedPlace): Cell {
  return { level: 'day', waveId, unitUid, service, mode, questionnaireHash, channel, period: day }
}

/** The cells that are merged from a cell and its siblings; none above the wave over all services. */
export function parentsOf(cell: Cell): readonly Cell[] {
  switch (cell.level) {
    case 'day':
      return [{ ...cell, level: 'month', channel: ALL, period: monthOf(cell.period) }]
    case 'month':
      return [
        { ...cell, level: 'month_all_services', service: ALL },
        { ...cell, level: 'wave', period: ALL },
      ]
    case 'wave':
      return [{ ...cell, level: 'wave_all_services', service: ALL }]
    default:
      return []
  }
}

/** Equality on fields, or the half-open range of days `period`, by which the children of a merged cell are found. */
export interface ChildRange extends Omit<Cell, 'level' | 'service' | 'channel' | 'period'> {
  readonly level: CellLevel
  readonly service?: string
  readonly period?: string | { readonly from: string; readonly to: string }
}

/**
 * Where the children of a merged cell are.
 *
 * @throws {RangeError} for a day cell, which has none
 */
export function childrenOf({ level, waveId, unitUid, service, mode, questionnaireHash, period }: Cell): ChildRange {
  const place = { waveId, unitUid, mode, questionnaireHash }
  switch (level) {
    case 'month':
      return { ...place, level: 'day', service, period: { from: period, to: addMonths(period, 1) } }
    case 'month_all_services':
      return { ...place, level: 'month', period }
    case 'wave':
      return { ...place, level: 'month', service }
    case 'wave_all_services':
      return { ...place, level: 'wave' }
    case 'day':
      throw new RangeError('A day cell is counted from responses, not merged')
  }
}

/** Identity of a cell; no part contains the separator. */
export function cellId(cell: Cell): string {
  const { level, waveId, unitUid, service, mode, questionnaireHash, channel, period } = cell
  return [level, waveId, unitUid, service, mode, questionnaireHash, channel, period].join('|')
}
