import { twoSidedNormalP } from '../special/normal.js'
import { wilsonInterval } from '../wilson.js'

/** A share as known from one sample. */
export interface SampledShare {
  /** 0 to 1. */
  readonly share: number
  /** Respondents divided by the design effect; respondents for a simple random sample. */
  readonly effectiveBase: number
}

/** Difference of two shares from independent samples. */
export interface ShareDifference {
  /** Second minus first, percentage points. */
  readonly points: number
  /** 95 % interval of `points`. */
  readonly lowPoints: number
  readonly highPoints: number
  /** Pooled z statistic; 0 when both shares are 0 or both 1. */
  readonly z: number
  /** Two-sided p value of z. */
  readonly p: number
}

/**
 * Change between two independent samples, for example two waves: pooled z and Newcombe's hybrid interval.
 *
 * z = (p₂ − p₁) / √[p̄(1 − p̄)(1/n₁ + 1/n₂)]; interval from the Wilson bounds of both:
 * low = d − √[(p₂ − l₂)² + (u₁ − p₁)²], high = d + √[(u₂ − p₂)² + (p₁ − l₁)²]. Bases are effective ones, which for one
 * design effect in both divides z by √deff. Not for overlapping samples.
 *
 * @throws {RangeError} when a share is outside 0 to 1 or a base is not positive
 * @see Newcombe, R. G. (1998) Statistics in Medicine 17, 873-890, method 10; methodology 4.9 and 10.7 (H1)
 * @example compareShares({ share: 0.75, effectiveBase: 400 }, { share: 0.825, effectiveBase: 400 }).z // 2.592815
 */
export function compareShares(first: SampledShare, second: SampledShare): ShareDifference {
  const before = wilsonInterval(first.share, first.effectiveBase)
  const after = wilsonInterval(second.share, second.effectiveBase)
  const points = 100 * (second.share - first.share)
  const down = Math.hypot(100 * second.share - after.lowPercent, before.highPercent - 100 * first.share)
  const up = Math.hypot(after.highPercent - 100 * second.share, 100 * first.share - before.lowPercent)
  const z = pooledZ(first, second)
  return { points, lowPoints: points - down, highPoints: points + up, z, p: twoSidedNormalP(z) }
}

function pooledZ(first: SampledShare, second: SampledShare): number {
  const base = first.effectiveBase + second.effectiveBase
  const pooled = (first.share * first.effectiveBase + second.share * second.effectiveBase) / base
  const error = Math.sqrt(Math.max(0, pooled * (1 - pooled)) * (1 / first.effectiveBase + 1 / second.effectiveBase))
  return first.share === second.share ? 0 : (second.share - first.share) / error
}
