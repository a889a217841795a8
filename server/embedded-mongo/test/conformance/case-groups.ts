import { aggregateCases } from './aggregate-cases.js'
import { cursorCases } from './cursor-cases.js'
import { bulkCases, duplicateCases } from './duplicate-cases.js'
import { filterCases, refusedFilterCases } from './filter-cases.js'
import { indexCases } from './index-cases.js'
import { indexNeutralityCases } from './index-neutrality-cases.js'
import type { Case } from './kit.js'
import { modifyCases } from './modify-cases.js'
import { orderCases, projectionCases } from './order-cases.js'
import { commandCases, countCases } from './other-cases.js'
import { pathCases } from './path-cases.js'
import { refusedCases } from './refused-cases.js'
import { updateCases } from './update-cases.js'
import { upsertCases } from './upsert-cases.js'

/** Every case of the suite by subject. */
export const caseGroups: Readonly<Record<string, readonly Case[]>> = {
  filters: filterCases,
  'refused filters': refusedFilterCases,
  'refused operations': refusedCases,
  paths: pathCases,
  'comparison order': orderCases,
  projections: projectionCases,
  updates: updateCases,
  upserts: upsertCases,
  'duplicate keys': duplicateCases,
  'bulk writes': bulkCases,
  findAndModify: modifyCases,
  cursors: cursorCases,
  indexes: [...indexCases, ...indexNeutralityCases],
  aggregation: aggregateCases,
  'counts and different values': countCases,
  commands: commandCases,
}
