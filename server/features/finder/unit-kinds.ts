import type { Unit, UnitKind } from '../../domain/units/unit.js'

/** Kinds that people can browse, in the order shown: agencies of the city first, then areas. */
export const BROWSABLE_KINDS: readonly UnitKind[] = [
  'so',
  'ban',
  'nganh_doc',
  'don_vi_su_nghiep',
  'phuong',
  'xa',
  'thi_tran',
  'dac_khu',
  'quan',
  'huyen',
  'tp_truc_thuoc',
]

/** Kinds above wards and communes: people still say where they live by them after they ended. */
const AREA_KINDS: readonly UnitKind[] = ['quan', 'huyen', 'tp_truc_thuoc', 'tinh']

/** Kinds whose units do not say in their name what they are; a ward is called “Phường …”. */
const UNSPOKEN_KINDS: readonly UnitKind[] = ['ban', 'nganh_doc', 'don_vi_su_nghiep']

/** Whether a list must say what kind of unit it is. */
export const needsKind = (unit: Unit): boolean => UNSPOKEN_KINDS.includes(unit.kind)

/** Whether a unit is a district, a city within the city, or a province that joined it. */
export const isWideArea = (unit: Unit): boolean => AREA_KINDS.includes(unit.kind)

const COLLATOR = new Intl.Collator('vi', { numeric: true })

/** Orders by kind as browsed, then by Vietnamese name with numbers as numbers: Quận 2 before Quận 10. */
export function byKindAndName(nameOf: (unit: Unit) => string): (a: Unit, b: Unit) => number {
  // Provinces can not be browsed by kind and stand after all that can.
  const place = ({ kind }: Unit) => (kind === 'tinh' ? BROWSABLE_KINDS.length : BROWSABLE_KINDS.indexOf(kind))
  return (a, b) => place(a) - place(b) || COLLATOR.compare(nameOf(a), nameOf(b))
}
