import type { Period } from '../survey/vocabulary.js'
import type { Wave } from '../survey/wave.js'
import { byIndependence } from './compare-modes.js'

/** Waves that can stand beside one, and the days in which all of them take answers. */
export interface Companions {
  readonly waves: readonly Wave[]
  readonly period: Period
}

/**
 * Finds the waves that ask the same kind of respondent in other modes at the same time: one a mode, with the same
 * questionnaire before another one, then with the longest time in common.
 *
 * Simulated waves stand beside simulated ones alone. A wave that would leave the others no day in common is passed over.
 *
 * @param chosen days that the reader asked for; the result lies within them
 * @returns without the wave itself; the most independent mode first
 */
export function companionWaves(wave: Wave, all: readonly Wave[], chosen: Period): Companions {
  const others = all.filter(
    (other) =>
      other.id !== wave.id &&
      other.mode !== wave.mode &&
      other.respondentType === wave.respondentType &&
      other.isSimulated === wave.isSimulated,
  )
  const own = within({ from: wave.opensOn, to: wave.closesOn }, chosen)
  const isSame = (other: Wave) => other.questionnaireHash === wave.questionnaireHash
  const preferred = others
    .map((other) => ({ other, days: within(fieldDays(other), own) }))
    .filter(({ days }) => days.from < days.to)
    .toSorted(
      (a, b) =>
        Number(isSame(b.other)) - Number(isSame(a.other)) ||
        lengthOf(b.days) - lengthOf(a.days) ||
        (a.other.id < b.other.id ? -1 : 1),
    )
  const chosenWaves: Wave[] = []
  let common = own
  for (const { other } of preferred) {
    const days = within(fieldDays(other), common)
    if (days.from >= days.to || chosenWaves.some(({ mode }) => mode === other.mode)) continue
    chosenWaves.push(other)
    common = days
  }
  const isWhole = [wave, ...chosenWaves].every(
    ({ opensOn, closesOn }) => opensOn === common.from && closesOn === common.to,
  )
  return {
    waves: byIndependence(chosenWaves.map((one) => ({ wave: one }))).map(({ wave: one }) => one),
    // Unbounded where that says the same: whole waves are read from their totals.
    period: isWhole ? { from: null, to: null } : common,
  }
}

interface Days {
  readonly from: string
  readonly to: string
}

const fieldDays = ({ opensOn, closesOn }: Wave): Days => ({ from: opensOn, to: closesOn })

const within = (days: Days, { from, to }: Period): Days => ({
  from: from !== null && from > days.from ? from : days.from,
  to: to !== null && to < days.to ? to : days.to,
})

const lengthOf = ({ from, to }: Days) => Date.parse(to) - Date.parse(from)
