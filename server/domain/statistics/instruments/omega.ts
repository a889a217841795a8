/**
 * McDonald's omega from standardised loadings on one factor: (Σλ)² / [(Σλ)² + Σ(1 − λ²)].
 *
 * Errors are taken as uncorrelated. The loadings come from a factor analysis done elsewhere.
 *
 * @param loadings −1 to 1, one per item
 * @returns 0 to 1; `null` with fewer than two items
 * @throws {RangeError} when a loading is outside −1 to 1
 * @see McDonald, R. P. (1999) Test Theory, chapter 6; methodology 4.7 and 10.6 (F2)
 * @example omegaFromLoadings([0.7, 0.8, 0.6, 0.75]) // 0.806604
 */
export function omegaFromLoadings(loadings: readonly number[]): number | null {
  for (const loading of loadings) {
    if (!(Math.abs(loading) <= 1)) throw new RangeError(`Loading must lie in -1 to 1, got ${loading}`)
  }
  if (loadings.length < 2) return null
  const common = loadings.reduce((sum, loading) => sum + loading, 0) ** 2
  const unique = loadings.reduce((sum, loading) => sum + 1 - loading * loading, 0)
  return common + unique > 0 ? common / (common + unique) : null
}
