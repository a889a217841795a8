import type { UnitKind } from '../units/unit.js'

/** Units whose index may be compared: the same level of administration, offering the same services. */
export const LEAGUES = ['department', 'board', 'vertical_agency', 'public_service_unit', 'district', 'commune'] as const
export type League = (typeof LEAGUES)[number]

const LEAGUE_OF_KIND: Readonly<Record<UnitKind, League | null>> = {
  thanh_pho: null,
  tinh: null,
  so: 'department',
  ban: 'board',
  nganh_doc: 'vertical_agency',
  don_vi_su_nghiep: 'public_service_unit',
  quan: 'district',
  huyen: 'district',
  tp_truc_thuoc: 'district',
  phuong: 'commune',
  xa: 'commune',
  thi_tran: 'commune',
  dac_khu: 'commune',
}

/**
 * The league that a unit of a kind belongs to; `null` for the city and former provinces, which are compared with nobody.
 *
 * Wards, communes and special zones have the same tasks, and so have urban and rural districts: the service catalogue
 * offers the same at all of a level. What a department does is no ward's work.
 */
export const leagueOf = (kind: UnitKind): League | null => LEAGUE_OF_KIND[kind]
