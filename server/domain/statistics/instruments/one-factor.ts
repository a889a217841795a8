/** Loadings settle well before this; where they do not, the items have no common factor. */
const MAX_ROUNDS = 20_000
const SETTLED = 1e-13

/**
 * Standardised loadings of items on one common factor, by minimum residuals (minres), for `omegaFromLoadings`.
 *
 * Minimises Σ_{j<m} (r_jm − λ_jλ_m)². Each round sets every λ_j = Σ_{m≠j} r_jm·λ_m / Σ_{m≠j} λ_m², the best value given the others.
 *
 * @param correlations of all items with one another, 1 on the diagonal
 * @returns in the order of the items, their sum not negative; `null` with fewer than three items (not identified), where the
 *   rounds do not settle, or where a loading exceeds 1 (a Heywood case: one factor does not fit)
 * @see Harman, H. H., Jones, W. H. (1966) "Factor analysis by minimizing residuals (minres)", Psychometrika 31, 351-368
 * @example oneFactorLoadings([[1, 0.56, 0.42], [0.56, 1, 0.48], [0.42, 0.48, 1]]) // [0.7, 0.8, 0.6]
 */
export function oneFactorLoadings(correlations: readonly (readonly number[])[]): number[] | null {
  const size = correlations.length
  if (size < 3) return null
  const loadings = correlations.map((row, j) =>
    Math.sqrt(Math.max(...row.filter((_, m) => m !== j).map(Math.abs), 0.01)),
  )
  for (let round = 0; round < MAX_ROUNDS; round++) {
    let moved = 0
    for (const [j, row] of correlations.entries()) {
      const best = bestLoading(row, loadings, j)
      if (best === null) return null
      moved = Math.max(moved, Math.abs(best - loadings[j]!))
      loadings[j] = best
    }
    if (moved < SETTLED) return inBounds(loadings)
  }
  return null
}

function bestLoading(row: readonly number[], loadings: readonly number[], j: number): number | null {
  let [top, bottom] = [0, 0]
  for (const [m, r] of row.entries()) {
    if (m === j) continue
    top += r * loadings[m]!
    bottom += loadings[m]! ** 2
  }
  return bottom > 0 ? top / bottom : null
}

function inBounds(loadings: readonly number[]): number[] | null {
  if (loadings.some((loading) => Math.abs(loading) > 1)) return null
  const sign = loadings.reduce((sum, loading) => sum + loading, 0) < 0 ? -1 : 1
  return loadings.map((loading) => sign * loading)
}
