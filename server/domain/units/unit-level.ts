import type { UnitKind, UnitRegistry } from './unit.js'

const LEVELS: Partial<Record<UnitKind, string>> = {
  thanh_pho: 'province',
  tinh: 'province',
  quan: 'district',
  huyen: 'district',
  tp_truc_thuoc: 'district',
  phuong: 'commune',
  xa: 'commune',
  thi_tran: 'commune',
  dac_khu: 'commune',
}

/**
 * The level a unit stands on: units of one level together make up an area, each place in one of them.
 *
 * @returns `province`, `district`, `commune`, or the kind of an agency; `undefined` for an unknown unit
 * @example unitLevel(registry, 'huyen-can-gio') // 'district'
 */
export function unitLevel(registry: Pick<UnitRegistry, 'byUid'>, uid: string): string | undefined {
  const kind = registry.byUid(uid)?.kind
  return kind && (LEVELS[kind] ?? kind)
}
