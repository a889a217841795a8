/** Comparisons of waves and units, line by line. */
import { type ComparisonPageNeeds, comparisonRoutes } from './comparison.routes.js'
import { type ComparisonNeeds, makeGetComparison } from './get-comparison.js'

/** Everything that compares. */
export const createComparison = (deps: ComparisonNeeds & Omit<ComparisonPageNeeds, 'getComparison'>) => ({
  pages: comparisonRoutes({ ...deps, getComparison: makeGetComparison(deps) }),
})
