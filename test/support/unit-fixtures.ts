import type { Unit, UnitData, UnitEvent, UnitLink } from '../../server/domain/units/unit.js'

type UnitParts = Partial<Omit<Unit, 'uid'>> & { readonly parent?: string }

/** A unit of a small invented city; a district under it unless told otherwise. */
export function makeUnit(uid: string, { parent = 'city', ...parts }: UnitParts = {}): Unit {
  const life = { from: parts.validFrom ?? null, to: parts.validTo ?? null }
  const isRoot = uid === 'city'
  return {
    uid,
    kind: isRoot ? 'thanh_pho' : 'quan',
    names: [{ vi: `Quận ${uid}`, en: `District ${uid}`, ...life }],
    codes: [],
    parents: isRoot ? [] : [{ uid: parent, ...life }],
    validFrom: null,
    validTo: null,
    legalBasis: 'NQ 1',
    ...parts,
  }
}

export const whole = (from: string, to: string): UnitLink => ({ from, to, extent: 'whole', share: 1, shareBasis: null })

/** A part of unknown size, or of a known share of the residents. */
export const part = (from: string, to: string, share: number | null = null): UnitLink => ({
  from,
  to,
  extent: 'part',
  share,
  shareBasis: share === null ? null : 'population',
})

export const makeEvent = (on: string, ...links: UnitLink[]): UnitEvent => ({
  on,
  type: 'merge',
  legalBasis: 'NQ 1',
  links,
})

/** Data with the city in it. */
export const makeData = (units: readonly Unit[], events: readonly UnitEvent[] = []): UnitData => ({
  units: [makeUnit('city'), ...units],
  events,
  cityUid: 'city',
})
