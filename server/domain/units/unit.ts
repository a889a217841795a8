import type { IsoDay, Localized } from '../survey/vocabulary.js'

/** What a unit is. `thanh_pho` is the city itself, the root of every roll-up; `tinh` a former province that joined it. */
export const UNIT_KINDS = [
  'thanh_pho',
  'tinh',
  'so',
  'ban',
  'nganh_doc',
  'don_vi_su_nghiep',
  'quan',
  'huyen',
  'tp_truc_thuoc',
  'phuong',
  'xa',
  'thi_tran',
  'dac_khu',
] as const
export type UnitKind = (typeof UNIT_KINDS)[number]

/** A fact that held during `[from, to)`; `to: null` still holds; `from: null` held before the registry begins. */
export interface Dated {
  readonly from: IsoDay | null
  readonly to: IsoDay | null
}

export interface UnitName extends Dated, Localized {}

export interface UnitCode extends Dated {
  /** `GSO`: the General Statistics Office's code, reused for other places over time and therefore never an identity. */
  readonly scheme: string
  readonly value: string
}

export interface UnitParent extends Dated {
  readonly uid: string
}

/** A body or area with a life span of its own. The uid is ours: readable, URL-safe, never reused. */
export interface Unit {
  readonly uid: string
  readonly kind: UnitKind
  readonly names: readonly UnitName[]
  readonly codes: readonly UnitCode[]
  readonly parents: readonly UnitParent[]
  readonly validFrom: IsoDay | null
  readonly validTo: IsoDay | null
  readonly legalBasis: string
  /** Other everyday names and spellings people search for ("q1", "sai gon"). */
  readonly aliases?: readonly string[]
  /** Residents at `validFrom`, where the source gives them. */
  readonly population?: number
  /** `false`: from general knowledge, to be checked against the legal text. */
  readonly verified?: boolean
  /** What a methodologist should know about the record. */
  readonly note?: string
}

export const UNIT_EVENT_TYPES = ['create', 'merge', 'split', 'rename', 'abolish', 'transfer'] as const
export type UnitEventType = (typeof UNIT_EVENT_TYPES)[number]

/**
 * One line of descent: some or all of `from` went to `to`.
 *
 * A unit that gives a part away and lives on is linked to itself with the remaining part.
 *
 * `extent: 'whole'` has share 1; a `part` with an unknown share has `share: null` and breaks a series visibly.
 */
export interface UnitLink {
  readonly from: string
  readonly to: string
  readonly extent: 'whole' | 'part'
  readonly share: number | null
  readonly shareBasis: 'population' | 'households' | 'area' | null
  /** Not a legal act of its own but implied by the links of the units below it. */
  readonly derived?: boolean
  /** `false`: from general knowledge, to be checked against the legal text. */
  readonly verified?: boolean
  readonly note?: string
}

export interface UnitEvent {
  readonly on: IsoDay
  readonly type: UnitEventType
  readonly legalBasis: string
  readonly links: readonly UnitLink[]
  readonly note?: string
}

/** Everything a registry is built from, in the order of the files. */
export interface UnitData {
  readonly units: readonly Unit[]
  readonly events: readonly UnitEvent[]
  readonly cityUid: string
}

/** A step of a lineage: the unit reached and the links that lead there, oldest first. */
export interface LineageStep {
  readonly unit: Unit
  readonly on: IsoDay
  readonly link: UnitLink
}

/** Why a unit could not be resolved at a day. */
export type UnitResolution =
  | { readonly kind: 'found'; readonly unit: Unit }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'not_yet'; readonly unit: Unit; readonly validFrom: IsoDay }
  | { readonly kind: 'ended'; readonly unit: Unit; readonly validTo: IsoDay; readonly successors: readonly Unit[] }

/** The registry in time. Built once from data by `createUnitRegistry`; every method is pure. */
export interface UnitRegistry {
  /** The root of all roll-ups. */
  readonly cityUid: string
  all(): readonly Unit[]
  /** Every event, oldest first. */
  events(): readonly UnitEvent[]
  byUid(uid: string): Unit | undefined
  /** At most one unit per scheme, code and day. */
  byCode(scheme: string, value: string, on: IsoDay): Unit | undefined
  /** Every unit that carries the name on the day (names overlap), diacritics and case ignored. */
  byName(name: string, on: IsoDay): readonly Unit[]
  isValid(uid: string, on: IsoDay): boolean
  validOn(on: IsoDay): readonly Unit[]
  resolve(uid: string, on: IsoDay): UnitResolution
  parentOf(uid: string, on: IsoDay): Unit | undefined
  childrenOf(uid: string, on: IsoDay): readonly Unit[]
  /** The unit and everything below it on the day. */
  subtreeOf(uid: string, on: IsoDay): readonly Unit[]
  successorsOf(uid: string): readonly LineageStep[]
  predecessorsOf(uid: string): readonly LineageStep[]
  /** All descendants in time that are valid on the day, following events forward. */
  lineageForward(uid: string, on: IsoDay): readonly LineageStep[]
  lineageBack(uid: string, on: IsoDay): readonly LineageStep[]
  /** The unit's name on the day; its last name when the day lies outside its life. */
  nameOf(uid: string, on: IsoDay): Localized
  /** Units that match typed text, best first: "quan 1", "Q1", "go vap", "P. Bến Thành"; ended units included. */
  search(
    text: string,
    options?: { readonly on?: IsoDay; readonly kinds?: readonly UnitKind[]; readonly limit?: number },
  ): readonly Unit[]
}
