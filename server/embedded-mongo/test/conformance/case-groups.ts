import { filterCases, refusedFilterCases } from './filter-cases.js'
import type { Case } from './kit.js'
import { orderCases, projectionCases } from './order-cases.js'
import { pathCases } from './path-cases.js'
import { updateCases } from './update-cases.js'
import { upsertCases } from './upsert-cases.js'

/** Every case of the suite by subject. */
export const caseGroups: Readonly<Record<string, readonly Case[]>> = {
  filters: filterCases,
  'refused filters': refusedFilterCases,
  paths: pathCases,
  'comparison order': orderCases,
  projections: projectionCases,
  updates: updateCases,
  upserts: upsertCases,
}
