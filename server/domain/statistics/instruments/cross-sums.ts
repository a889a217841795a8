/**
 * Sums over cases from which covariances and correlations follow: whole numbers, so that they add up exactly over any split of the
 * cases and do not depend on their order.
 */
export interface CrossSums {
  readonly cases: number
  /** Σx_j */
  readonly sums: readonly number[]
  /** Σx_j·x_k, all pairs. */
  readonly products: readonly (readonly number[])[]
}

/** Sums that grow by one case at a time. */
export interface CrossSumsBuilder {
  /** @param values one whole number per item; every one present */
  add(values: readonly number[]): void
  result(): CrossSums
}

/**
 * Starts sums over no case, for so many items.
 *
 * @see Chan, T. F., Golub, G. H., LeVeque, R. J. (1983) American Statistician 37, 242-247, on why the sums are whole numbers here
 * @example createCrossSums(2).result() // { cases: 0, sums: [0, 0], products: [[0, 0], [0, 0]] }
 */
export function createCrossSums(size: number): CrossSumsBuilder {
  let cases = 0
  const sums = new Array<number>(size).fill(0)
  const products = sums.map(() => new Array<number>(size).fill(0))
  return {
    add(values) {
      cases += 1
      for (let j = 0; j < size; j++) {
        const value = values[j]!
        const row = products[j]!
        sums[j]! += value
        for (let k = 0; k < size; k++) row[k]! += value * values[k]!
      }
    },
    result: () => ({ cases, sums: [...sums], products: products.map((row) => [...row]) }),
  }
}

/**
 * Adds up sums over disjoint cases.
 *
 * @param size number of items, for when there is no part
 * @see Chan, Golub, LeVeque (1983) American Statistician 37, 242-247
 * @example mergeCrossSums([{ cases: 1, sums: [2], products: [[4]] }, { cases: 1, sums: [3], products: [[9]] }], 1) // { cases: 2, sums: [5], products: [[13]] }
 */
export function mergeCrossSums(parts: readonly CrossSums[], size: number): CrossSums {
  const total = (of: (part: CrossSums) => number) => parts.reduce((sum, part) => sum + of(part), 0)
  const places = Array.from({ length: size }, (_, j) => j)
  return {
    cases: total(({ cases }) => cases),
    sums: places.map((j) => total(({ sums }) => sums[j]!)),
    products: places.map((j) => places.map((k) => total(({ products }) => products[j]![k]!))),
  }
}

/**
 * Sample covariances (n·Σxy − Σx·Σy) / (n(n − 1)), the numerator exact: an item that does not vary has variance 0 and not 1e-15.
 *
 * @throws {RangeError} with fewer than two cases, or where a sum is no whole number
 * @see Chan, Golub, LeVeque (1983) American Statistician 37, 242-247
 * @example covariancesOf({ cases: 2, sums: [3, 7], products: [[5, 11], [11, 25]] }) // [[0.5, 0.5], [0.5, 0.5]]
 */
export function covariancesOf({ cases, sums, products }: CrossSums): number[][] {
  if (cases < 2) throw new RangeError(`Covariances need two cases, got ${cases}`)
  const n = BigInt(cases)
  return sums.map((x, j) =>
    sums.map((y, k) => Number(n * BigInt(products[j]![k]!) - BigInt(x) * BigInt(y)) / (cases * (cases - 1))),
  )
}

/**
 * Correlations from covariances.
 *
 * @returns 1 on the diagonal; `null` for a pair of which one does not vary
 * @see Pearson, K. (1895) Proc. Royal Society 58, 240-242
 * @example correlationsOf([[4, 3], [3, 9]]) // [[1, 0.5], [0.5, 1]]
 */
export function correlationsOf(covariances: readonly (readonly number[])[]): (number | null)[][] {
  const deviation = covariances.map((row, j) => Math.sqrt(row[j]!))
  return covariances.map((row, j) =>
    row.map((covariance, k) => {
      if (!(deviation[j]! > 0 && deviation[k]! > 0)) return null
      return j === k ? 1 : Math.max(-1, Math.min(1, covariance / (deviation[j]! * deviation[k]!)))
    }),
  )
}
