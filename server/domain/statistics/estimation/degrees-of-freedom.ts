import type { SampleDesign } from './sample-design.js'

/**
 * Degrees of freedom of a variance: primary sampling units with a case in the domain minus strata with one.
 *
 * Unused units and strata are left out, as R's `survey` does for a subset: a domain met in few clusters is known less well.
 *
 * @param isCounted whether the case at a position is in the domain
 * @returns 0 or more
 * @see Korn, E. L., Graubard, B. I. (1999) Analysis of Health Surveys, section 5.2; methodology 4.8
 * @example degreesOfFreedom(createSampleDesign([{ weight: 1 }, { weight: 1 }, { weight: 1 }, { weight: 1 }]), () => true) // 3
 */
export function degreesOfFreedom(design: SampleDesign, isCounted: (i: number) => boolean): number {
  const clusters = clustersOf(design, isCounted)
  const strata = new Set([...clusters].map((cluster) => design.stratumOfCluster[cluster]))
  return clusters.size - strata.size
}

/**
 * Primary sampling units, by number, with at least one case in the domain.
 *
 * @see Korn and Graubard (1999), section 5.2
 * @example clustersOf(createSampleDesign([{ weight: 1, cluster: 'a' }, { weight: 1, cluster: 'a' }]), () => true).size // 1
 */
export const clustersOf = (design: SampleDesign, isCounted: (i: number) => boolean): ReadonlySet<number> =>
  new Set(design.clusterOf.filter((_, i) => isCounted(i)))
