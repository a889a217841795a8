import { isWithin } from '../../domain/survey/day.js'
import type { IsoDay, Mode, RespondentType } from '../../domain/survey/vocabulary.js'
import type { Wave } from '../../domain/survey/wave.js'

/** The facts by which a respondent's wave is found. */
export interface WaveQuery {
  readonly unitUid: string
  /** A service the unit offers. */
  readonly service: string
  readonly respondentType: RespondentType
  readonly mode: Mode
  readonly on: IsoDay
}

/** The wave that takes answers on the day, or when and where else answers are or were taken. */
export type WaveChoice =
  | { readonly kind: 'open'; readonly wave: Wave }
  | {
      readonly kind: 'closed'
      /** The last wave that took answers here. */
      readonly wave: Wave
      /** First day on which it no longer did. */
      readonly closedOn: IsoDay
      /** Day on which the next one opens, if one is planned. */
      readonly reopensOn: IsoDay | null
      readonly elsewhere: readonly Wave[]
    }
  | {
      readonly kind: 'none'
      readonly reopensOn: IsoDay | null
      /** Waves in another mode that take answers about this unit and service on the day. */
      readonly elsewhere: readonly Wave[]
    }

/** Whether a wave takes answers on a day. */
export function isOpenOn(wave: Pick<Wave, 'opensOn' | 'closesOn'>, on: IsoDay): boolean {
  return isWithin(on, wave.opensOn, wave.closesOn)
}

/** Whether a wave asks about a service of a unit. */
export function isInScope(wave: Wave, unitUid: string, service: string): boolean {
  return wave.unitUids.includes(unitUid) && (wave.serviceCodes.length === 0 || wave.serviceCodes.includes(service))
}

/** Chooses among all waves (or all of the unit) the one a respondent belongs to. At most one can be open. */
export function chooseWave(waves: readonly Wave[], query: WaveQuery): WaveChoice {
  const { on } = query
  const alike = waves.filter(
    (wave) => isInScope(wave, query.unitUid, query.service) && wave.respondentType === query.respondentType,
  )
  const own = alike.filter(({ mode }) => mode === query.mode)
  const open = own.find((wave) => isOpenOn(wave, on))
  if (open) return { kind: 'open', wave: open }
  const elsewhere = alike.filter((wave) => wave.mode !== query.mode && isOpenOn(wave, on))
  const reopensOn =
    own
      .map(({ opensOn }) => opensOn)
      .filter((day) => day > on)
      .sort()[0] ?? null
  const last = own.filter(({ closesOn }) => closesOn <= on).sort((a, b) => (a.closesOn < b.closesOn ? 1 : -1))[0]
  return last
    ? { kind: 'closed', wave: last, closedOn: last.closesOn, reopensOn, elsewhere }
    : { kind: 'none', reopensOn, elsewhere }
}
