import type { IsoDay } from '../survey/vocabulary.js'
import { addWorkingDays } from './working-days.js'

/** What somebody asks for about their own data; in words in `views/text/requests.json`. */
export const REQUEST_KINDS = ['see', 'correct', 'withdraw', 'restrict', 'object', 'delete'] as const
export type RequestKind = (typeof REQUEST_KINDS)[number]

export const REQUEST_STATES = ['received', 'acknowledged', 'fulfilled', 'refused'] as const
export type RequestState = (typeof REQUEST_STATES)[number]
export const isClosed = (state: RequestState): boolean => state === 'fulfilled' || state === 'refused'

/** Working days to say that a request was received. Nghị định 356/2025/NĐ-CP as reported by the methodology, section 6; text not read. */
export const ACKNOWLEDGE_DAYS = 2

/**
 * Working days to fulfil a request.
 *
 * 15 to withdraw, restrict or object and 20 at most are reported of Nghị định 356/2025/NĐ-CP (methodology, section 6); 10 for seeing and
 * correcting and 20 for deleting are our reading of "10 to 20 by type", not confirmed by the text.
 */
export const FULFIL_DAYS: Readonly<Record<RequestKind, number>> = {
  see: 10,
  correct: 10,
  withdraw: 15,
  restrict: 15,
  object: 15,
  delete: 20,
}
/** Working days of the one extension. */
export const EXTENSION_DAYS = 15

/** What of a request its clocks are read from. */
export interface Timed {
  readonly kind: RequestKind
  readonly state: RequestState
  readonly receivedOn: IsoDay
  readonly isExtended: boolean
}

/** The last days on which a step is in time. */
export interface Clocks {
  readonly acknowledgeBy: IsoDay
  readonly fulfilBy: IsoDay
  /** The step that is due next, by its last day; `null` once the request is closed. */
  readonly due: IsoDay | null
}

/** When a request has to be acknowledged and fulfilled: working days begin on the day after it was received. */
export function clocksOf({ kind, state, receivedOn, isExtended }: Timed): Clocks {
  const acknowledgeBy = addWorkingDays(receivedOn, ACKNOWLEDGE_DAYS)
  const fulfilBy = addWorkingDays(receivedOn, FULFIL_DAYS[kind] + (isExtended ? EXTENSION_DAYS : 0))
  const next = state === 'received' ? acknowledgeBy : fulfilBy
  return { acknowledgeBy, fulfilBy, due: isClosed(state) ? null : next }
}

/** Whether the step that is due should have been taken before a day. */
export const isLate = (timed: Timed, today: IsoDay): boolean => {
  const { due } = clocksOf(timed)
  return due !== null && due < today
}

/** Days after its end on which what a person wrote in a request is still kept. */
export const CONTACT_DAYS = 30
