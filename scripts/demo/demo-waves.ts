import { addMonths, monthOf } from '../../server/domain/survey/day.js'
import type { IsoDay } from '../../server/domain/survey/vocabulary.js'
import type { UnitKind, UnitRegistry } from '../../server/domain/units/unit.js'
import type { WaveFile } from '../../server/features/waves/index.js'
import type { CountPlan } from '../simulate/index.js'

/** A wave of the demonstration and how many answer in it. */
export interface DemoWave {
  readonly file: WaveFile
  readonly plan: CountPlan
  /** How the true figures move, in steps of the latent scale a month, and the month in which they stand where they began. */
  readonly trend: { readonly perMonth: number; readonly from: IsoDay }
}

/** The day the districts ended and the 168 wards and communes began (Nghị quyết 202/2025/QH15). */
export const NEW_MAP_ON: IsoDay = '2025-07-01'

/** Units whose staff can sign in; well covered, so that their page has something to say. */
export const AGENCY_UNITS = ['p-ben-thanh', 'so-xay-dung'] as const

const WELL_COVERED = [...AGENCY_UNITS, 'p-go-vap', 'so-tu-phap'] as const
const COUNTERS = [
  ...WELL_COVERED,
  'p-sai-gon',
  'p-thu-duc',
  'p-phu-nhuan',
  'p-cho-lon',
  'x-cu-chi',
  'p-vung-tau',
] as const
const NO_SELECTION = { kinds: [], uids: [] }
const VERSION = '2026.1'
const DISTRICT_KINDS: readonly UnitKind[] = ['quan', 'huyen', 'tp_truc_thuoc']

const rarely = { scarceShare: 0.07, scarceMax: 4 } as const

/** The districts of the city on a day before the map changed. */
export function districtsOn(registry: Pick<UnitRegistry, 'cityUid' | 'childrenOf'>, day: IsoDay): readonly string[] {
  return registry
    .childrenOf(registry.cityUid, day)
    .filter(({ kind }) => DISTRICT_KINDS.includes(kind))
    .map(({ uid }) => uid)
}

/**
 * Years whose first half had a round on the districts. In 2020 there still were the three that became Thủ Đức City on
 * 1 January 2021; three rounds on one map make a trend.
 */
const DISTRICT_YEARS = [2020, 2023, 2024, 2025]

/** A year in which something moves: each month a little better than the last. */
const LATELY = 0.02
/** Slower, since it goes on for years. */
const OVER_YEARS = 0.004

function districtRound(year: number, districtUids: readonly string[]): DemoWave {
  const opensOn = `${year}-01-01`
  return {
    file: {
      id: `${year}-01-web-citizen`,
      title: {
        vi: `Người dân đánh giá quận, huyện, 6 tháng đầu năm ${year} (mô phỏng)`,
        en: `Citizens on the districts, first half of ${year} (simulated)`,
      },
      questionnaire: { id: 'citizen', version: VERSION },
      mode: 'web',
      units: { ...NO_SELECTION, uids: [...districtUids] },
      services: [],
      referenceOn: opensOn,
      opensOn,
      closesOn: addMonths(opensOn, 6),
      isSimulated: true,
    },
    plan: { scarceShare: 0, scarceMax: 0, wellCoveredUids: [], wellCovered: 0, usual: [70, 110] },
    trend: { perMonth: OVER_YEARS, from: '2025-01-01' },
  }
}

/** The year that ends with the month of `today`, not reaching back over the change of the map. */
function field(today: IsoDay): { readonly opensOn: IsoDay; readonly closesOn: IsoDay } {
  const yearAgo = addMonths(today, -11)
  return { opensOn: yearAgo < NEW_MAP_ON ? NEW_MAP_ON : yearAgo, closesOn: addMonths(today, 2) }
}

/**
 * The waves of the demonstration: citizens and businesses on the web and a counter form over the last year, and closed rounds
 * on the districts of earlier years, so that a trend and the breaks of the map can be seen. The largest comes last.
 *
 * @param today a day after the map changed
 * @param districtsAt the districts of the city on a day
 */
export function demoWaves(today: IsoDay, districtsAt: (day: IsoDay) => readonly string[]): readonly DemoWave[] {
  const { opensOn, closesOn } = field(today)
  const tag = monthOf(opensOn).slice(0, 7)
  const trend = { perMonth: LATELY, from: opensOn }
  const open = { opensOn, closesOn, referenceOn: opensOn, isSimulated: true }
  return [
    {
      file: {
        ...open,
        id: `${tag}-web-business`,
        title: { vi: 'Doanh nghiệp đánh giá trên web (mô phỏng)', en: 'Businesses on the web (simulated)' },
        questionnaire: { id: 'business', version: VERSION },
        mode: 'web',
        units: { kinds: ['so', 'ban', 'nganh_doc'], uids: [...COUNTERS] },
        services: [],
      },
      plan: { ...rarely, wellCoveredUids: [], wellCovered: 0, usual: [30, 70] },
      trend,
    },
    {
      file: {
        ...open,
        id: `${tag}-kiosk-citizen`,
        title: { vi: 'Đánh giá nhanh tại quầy (mô phỏng)', en: 'Quick rating at the counter (simulated)' },
        questionnaire: { id: 'counter', version: VERSION },
        mode: 'kiosk',
        units: { ...NO_SELECTION, uids: [...COUNTERS] },
        services: [],
      },
      plan: { ...rarely, wellCoveredUids: AGENCY_UNITS, wellCovered: 400, usual: [120, 260] },
      trend,
    },
    ...DISTRICT_YEARS.map((year) => districtRound(year, districtsAt(`${year}-01-01`))),
    {
      file: {
        ...open,
        id: `${tag}-web-citizen`,
        title: { vi: 'Người dân đánh giá trên web (mô phỏng)', en: 'Citizens on the web (simulated)' },
        questionnaire: { id: 'citizen', version: VERSION },
        mode: 'web',
        units: {
          ...NO_SELECTION,
          kinds: ['so', 'ban', 'nganh_doc', 'don_vi_su_nghiep', 'phuong', 'xa', 'dac_khu'],
        },
        services: [],
      },
      plan: { ...rarely, wellCoveredUids: WELL_COVERED, wellCovered: 410, usual: [30, 80] },
      trend,
    },
  ]
}
