import type { IsoDay, Localized } from '../survey/vocabulary.js'
import type { Unit, UnitKind } from './unit.js'

/** A field of public service (methodology 3.3): stable code, names, and the words people use for it. */
export interface Service {
  readonly code: string
  readonly name: Localized
  /** What falls under it, one line. */
  readonly description: Localized
  /** Everyday words, lower case, with diacritics ("sổ đỏ", "giấy khai sinh"). */
  readonly words: Readonly<Record<'vi' | 'en', readonly string[]>>
  /** Public utility of the 2006-2013 series rather than an administrative procedure. */
  readonly isUtility: boolean
}

/** Which kinds of unit, or which single units, offer a service. */
export interface ServiceOffer {
  readonly service: string
  readonly kinds: readonly UnitKind[]
  readonly unitUids: readonly string[]
  /** Narrows `kinds` to units that exist on or after this day: tasks that districts gave to the wards, say. */
  readonly livingOn?: IsoDay
}

/** Services and who offers them, in the order they are shown. */
export interface ServiceData {
  readonly services: readonly Service[]
  readonly offers: readonly ServiceOffer[]
}

export interface ServiceCatalogue {
  all(): readonly Service[]
  byCode(code: string): Service | undefined
  /** Who offers a service, in the order of the data; empty for a code that is none. */
  offersOf(code: string): readonly ServiceOffer[]
  /** Services a unit offers, in catalogue order. */
  offeredBy(unit: Pick<Unit, 'uid' | 'kind'> & Partial<Pick<Unit, 'validTo'>>): readonly Service[]
  /** Services whose name, code or everyday words fit typed text, best first; diacritics ignored. */
  search(text: string): readonly Service[]
}
