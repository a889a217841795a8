/** What is known of one service at one unit. */
export interface ServiceResult {
  readonly service: string
  /** Part of the unit's cases that were for this service; 0 to 1, adding up to 1 over its services. */
  readonly mixShare: number
  /** The unit's result for the service, in percent or points. */
  readonly value: number
  /** Standard error of `value`, in the same unit. */
  readonly standardError: number
}

/** Services and their parts of all cases; adding up to 1. */
export type ServiceMix = ReadonlyMap<string, number>

/** A standardised result, or why there is none: services of the standard mix that the unit has no result for. */
export type Standardised =
  | { readonly kind: 'standardised'; readonly raw: number; readonly value: number; readonly standardError: number }
  | {
      readonly kind: 'services_missing'
      readonly services: readonly string[]
      /** Part of the standard mix that the unit does have results for, 0 to 1. */
      readonly coveredShare: number
    }

/**
 * A unit's result as it would be with a common service mix: Σ M_s·p_s, standard error √(Σ M_s²·SE_s²).
 *
 * Takes away the advantage of a unit that has more of the easy services. The mix is taken as known, services as
 * independent samples.
 *
 * @param results of one unit
 * @param mix the standard, for example that of the whole city
 * @throws {RangeError} when the shares of the unit or of the mix do not add up to 1, or a service occurs twice
 * @see Fleiss, J. L., Levin, B., Paik, M. C. (2003) Statistical Methods for Rates and Proportions, chapter 19
 * @example standardise([{ service: 'land', mixShare: 0.5, value: 60, standardError: 3 }, { service: 'civil', mixShare: 0.5, value: 80, standardError: 4 }], new Map([['land', 0.8], ['civil', 0.2]])).value
 *   // 64
 */
export function standardise(results: readonly ServiceResult[], mix: ServiceMix): Standardised {
  checkMix(
    'Mix of the unit',
    results.map(({ mixShare }) => mixShare),
  )
  checkMix('Standard mix', [...mix.values()])
  const known = new Map(results.map((result) => [result.service, result]))
  if (known.size !== results.length) throw new RangeError('A service occurs twice among the results')
  const needed = [...mix].filter(([, share]) => share > 0)
  const missing = needed.filter(([service]) => !known.has(service))
  if (missing.length > 0) {
    return {
      kind: 'services_missing',
      services: missing.map(([service]) => service),
      coveredShare: 1 - missing.reduce((sum, [, share]) => sum + share, 0),
    }
  }
  return {
    kind: 'standardised',
    raw: results.reduce((sum, { mixShare, value }) => sum + mixShare * value, 0),
    value: needed.reduce((sum, [service, share]) => sum + share * known.get(service)!.value, 0),
    standardError: Math.hypot(...needed.map(([service, share]) => share * known.get(service)!.standardError)),
  }
}

function checkMix(what: string, shares: readonly number[]): void {
  const sum = shares.reduce((all, share) => all + share, 0)
  const isMix = shares.every((share) => share >= 0) && Math.abs(sum - 1) < 1e-9
  if (!isMix) throw new RangeError(`${what} must be shares adding up to 1, got ${sum}`)
}
