/** Units by the order of their uid: those after one, up to and with another; `null` is open. */
export interface UnitRange {
  readonly after: string | null
  readonly upTo: string | null
}

export const ALL_UNITS: UnitRange = { after: null, upTo: null }
