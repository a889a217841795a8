import { type Part, type Scope, within } from '../../domain/access/scope.js'
import { createTallySum, type TallySum } from '../../domain/index/tally.js'
import { addMonths, monthOf } from '../../domain/survey/day.js'
import type { IsoDay, Period } from '../../domain/survey/vocabulary.js'
import type { Wave } from '../../domain/survey/wave.js'
import type { CellLevel } from './cell.js'
import type { CellSelection, CountedCell, TallyPart, TallyStore } from './tally-store.js'

/** Which responses of a wave to count, and by what to tell them apart. */
export interface TallyQuery {
  readonly wave: Pick<Wave, 'id' | 'mode' | 'questionnaireHash'>
  /** `null`: every unit. */
  readonly unitUids: readonly string[] | null
  /** `null`: all services together. */
  readonly service: string | null
  readonly period: Period
  readonly by: 'unit' | 'service' | 'month' | 'unit_service'
}

type Stretch = Pick<CellSelection, 'from' | 'to'> & { readonly grain: 'day' | 'month' | 'wave' }

/**
 * Reads the counts of a selection from the highest level that can tell: the whole wave, else whole months, else the days
 * at the ends.
 *
 * @param scope what lies outside is not read
 * @returns one part per unit, service or month that has a counted response, sorted by key
 */
export async function readTallies(store: TallyStore, scope: Scope, asked: TallyQuery): Promise<readonly TallyPart[]> {
  const query = { ...asked, ...partOf(scope, asked) }
  const sums = new Map<string, TallySum>()
  for (const stretch of stretchesOf(query)) {
    for await (const { cell, tally } of store.find(selectionOf(query, stretch))) {
      const key = keyOf(query, cell)
      const sum = sums.get(key) ?? createTallySum()
      sums.set(key, sum)
      sum.add(tally)
    }
  }
  return [...sums].map(([key, { result }]) => ({ key, tally: result })).sort((a, b) => (a.key < b.key ? -1 : 1))
}

function partOf(scope: Scope, { unitUids, service, period }: TallyQuery): Part {
  return within(scope, { unitUids, services: service === null ? null : [service], period })
}

/** Equal for readings of the same cells into the same parts. */
export function readingKey(scope: Scope, query: TallyQuery): string {
  const { id, mode, questionnaireHash } = query.wave
  const { unitUids, services, period } = partOf(scope, query)
  return JSON.stringify([id, mode, questionnaireHash, query.by, unitUids, services, period.from, period.to])
}

function keyOf({ by }: TallyQuery, cell: CountedCell['cell']): string {
  if (by === 'unit') return cell.unitUid
  if (by === 'unit_service') return `${cell.unitUid} ${cell.service}`
  return by === 'service' ? cell.service : monthOf(cell.period)
}

function selectionOf(query: Omit<TallyQuery, 'service'> & Part, { grain, from, to }: Stretch): CellSelection {
  const { wave, unitUids, services, by } = query
  const isAcrossServices = services === null && by !== 'service' && by !== 'unit_service'
  const levels: Readonly<Record<Stretch['grain'], CellLevel>> = {
    day: 'day',
    month: isAcrossServices ? 'month_all_services' : 'month',
    wave: isAcrossServices ? 'wave_all_services' : 'wave',
  }
  const place = { waveId: wave.id, mode: wave.mode, questionnaireHash: wave.questionnaireHash }
  return { ...place, level: levels[grain], unitUids, services, from, to }
}

/** Cuts a period into whole months and the days left over; an unbounded one is the whole wave. */
export function stretchesOf({ period: { from, to }, by }: Pick<TallyQuery, 'period' | 'by'>): readonly Stretch[] {
  if (from === null && to === null) return [{ grain: by === 'month' ? 'month' : 'wave', from, to }]
  const firstMonth = from === null ? null : roundUp(from)
  const afterMonths = to === null ? null : monthOf(to)
  if (from !== null && to !== null && firstMonth! >= afterMonths!) return from < to ? daysOf(from, to) : []
  return [
    ...(from === null ? [] : daysOf(from, firstMonth!)),
    { grain: 'month', from: firstMonth, to: afterMonths },
    ...(to === null ? [] : daysOf(afterMonths!, to)),
  ]
}

function daysOf(from: IsoDay, to: IsoDay): readonly Stretch[] {
  return from < to ? [{ grain: 'day', from, to }] : []
}

function roundUp(day: IsoDay): IsoDay {
  return day === monthOf(day) ? day : addMonths(day, 1)
}
