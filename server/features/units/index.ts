export { loadServiceCatalogue, readServiceFile } from './load-services.js'
export { loadUnitRegistry, readUnitFiles } from './load-units.js'
export { unitApiRoutes } from './unit.routes.js'
