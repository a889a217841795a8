import type { PublishedQuestionnaire } from '../questionnaire/definition.js'
import type { IndexReport } from '../report/index-report.js'
import { boundaryEvents } from '../series/boundary-events.js'
import { breaksBetween, isComparable, type JoinedPlace, type SeriesBreak } from '../series/series-breaks.js'
import type { UnitRegistry } from '../units/unit.js'

/** A wave's report by unit, with what was asked. */
export interface MeasuredWave {
  readonly report: IndexReport
  readonly questionnaire: PublishedQuestionnaire
}

/** How two waves may be compared: as neighbours of a series are. */
export interface WaveJoin {
  /** Why the city's index before and after is not of the same thing; empty when it may be compared. */
  readonly breaks: readonly SeriesBreak[]
  /** Whether a unit's index may be compared: asked the same, about the same services, of the same ground and tasks. */
  isUnitJoined(uid: string): boolean
}

const INDEX = { level: 'overall', code: 'overall' } as const

/** Tells whether the index of the city, and that of each unit, may be compared between two waves of one mode. */
export function waveJoin(registry: UnitRegistry, before: MeasuredWave, after: MeasuredWave): WaveJoin {
  const frame = { registry, unitUid: registry.cityUid, line: INDEX, rule: after.report.rule }
  const breaks = breaksBetween(placeOf(before), placeOf(after), frame).filter((one) => !isComparable([one]))
  // What was asked, and about which services, is the same for every unit; the rest is each unit's own.
  const isAskedAlike = breaks.every(
    (one) => one.kind !== 'instrument' && !(one.kind === 'scope' && one.cause === 'services'),
  )
  const [from, to] = [before.report.wave.referenceOn, after.report.wave.referenceOn]
  return {
    breaks,
    isUnitJoined: (uid) => isAskedAlike && boundaryEvents(registry, uid, from, to).length === 0,
  }
}

function placeOf({ report: { wave, lines }, questionnaire }: MeasuredWave): JoinedPlace {
  return {
    questionnaire,
    isAsked: lines.some(({ level }) => level === 'overall'),
    referenceOn: wave.referenceOn,
    period: { from: wave.opensOn, to: wave.closesOn },
    isMonth: false,
    basis: { kind: 'as_was', missing: [] },
    measured: wave.unitUids,
    serviceCodes: wave.serviceCodes,
  }
}
