import { type ServiceMix, type ServiceResult, type Standardised, standardise } from './standardise.js'

/** Why two units differ. */
export type GapSplit =
  | {
      readonly kind: 'split'
      /** First minus second as observed; exactly `mix` + `performance`. */
      readonly raw: number
      /** What the difference in service mix makes. */
      readonly mix: number
      /** What remains with the common mix: the difference in doing the same work. */
      readonly performance: number
      readonly performanceStandardError: number
    }
  | Exclude<Standardised, { readonly kind: 'standardised' }>

/**
 * Splits the gap between two units into mix and performance, exactly and without a remainder.
 *
 * performance = Σ M_s·(p_1s − p_2s); mix = raw − performance = Σ (m_1s − M_s)·p_1s − Σ (m_2s − M_s)·p_2s.
 * With the city's mix as M it goes with the standardised column; with `averageMix` it is Kitagawa's symmetric split.
 *
 * @param mix the common mix M; every service in it must have a result at both units
 * @throws {RangeError} when shares do not add up to 1, or a service occurs twice
 * @see Kitagawa, E. M. (1955) "Components of a difference between two rates", JASA 50, 1168-1194
 * @example splitGap([{ service: 'land', mixShare: 0.5, value: 60, standardError: 3 }, { service: 'civil', mixShare: 0.5, value: 80, standardError: 4 }], [{ service: 'land', mixShare: 1, value: 50, standardError: 3 }, { service: 'civil', mixShare: 0, value: 70, standardError: 4 }], new Map([['land', 0.8], ['civil', 0.2]])).performance
 *   // 10
 */
export function splitGap(first: readonly ServiceResult[], second: readonly ServiceResult[], mix: ServiceMix): GapSplit {
  const a = standardise(first, mix)
  if (a.kind !== 'standardised') return a
  const b = standardise(second, mix)
  if (b.kind !== 'standardised') return b
  return {
    kind: 'split',
    raw: a.raw - b.raw,
    mix: a.raw - a.value - (b.raw - b.value),
    performance: a.value - b.value,
    performanceStandardError: Math.hypot(a.standardError, b.standardError),
  }
}

/**
 * The mix half-way between two units: (m_1s + m_2s) / 2.
 *
 * @returns every service of either; one that the other lacks keeps the split from being made
 * @see Kitagawa (1955)
 * @example averageMix([{ service: 'land', mixShare: 1, value: 60, standardError: 3 }], [{ service: 'civil', mixShare: 1, value: 70, standardError: 3 }]).get('land')
 *   // 0.5
 */
export function averageMix(first: readonly ServiceResult[], second: readonly ServiceResult[]): ServiceMix {
  const mix = new Map<string, number>()
  for (const { service, mixShare } of [...first, ...second]) mix.set(service, (mix.get(service) ?? 0) + mixShare / 2)
  return mix
}
