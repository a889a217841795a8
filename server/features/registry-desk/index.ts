/** The desk of units, questionnaires and services, for administrators. */

export { type RegistryDeskNeeds, registryDeskRoutes } from './registry-desk.routes.js'
export { unitEventRoutes } from './unit-events.routes.js'
