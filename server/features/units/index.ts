export { loadServiceCatalogue, loadServiceData, readServiceFile } from './load-services.js'
export { loadUnitData, loadUnitRegistry, readUnitFiles, type UnitPlace } from './load-units.js'
export { unitApiRoutes } from './unit.routes.js'
