import type { IsoDay, Localized } from '../survey/vocabulary.js'
import type { MappedUnit } from './map-forward.js'
import type { UnitRegistry } from './unit.js'

const HEADINGS: Readonly<Record<MappedUnit['kind'], Localized>> = {
  exact: { vi: 'Gộp nguyên đơn vị', en: 'Whole units pooled' },
  estimated: { vi: 'Ước tính theo tỷ lệ đã biết', en: 'Estimated from known shares' },
  broken: { vi: 'Chuỗi gián đoạn: không biết tỷ lệ tách', en: 'Series broken: the shares of the split are unknown' },
}
const PART: Localized = { vi: 'một phần', en: 'part' }
const MISSING: Localized = { vi: 'chưa có số liệu', en: 'not counted' }

/**
 * The sentence that must stand beside a figure told on another map.
 *
 * @param asOf day of the counts, which the units are named by
 * @example 'Gộp nguyên đơn vị: Quận 2 (80/100), Quận 9 (60/120), Quận Thủ Đức (90/150)'
 */
export function describeBasis(registry: UnitRegistry, mapped: MappedUnit, asOf: IsoDay): Localized {
  const tell = (language: keyof Localized): string => {
    const parts = mapped.basis.map(({ uid, share, numerator, denominator }) => {
      const name = registry.nameOf(uid, asOf)[language]
      return share === null ? `${name} (${PART[language]})` : `${name} (${numerator}/${denominator})`
    })
    const missing = mapped.missing.map((uid) => `${registry.nameOf(uid, asOf)[language]} (${MISSING[language]})`)
    return `${HEADINGS[mapped.kind][language]}: ${[...parts, ...missing].join(', ')}`
  }
  return { vi: tell('vi'), en: tell('en') }
}
