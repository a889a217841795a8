/** The desk of units, questionnaires and services, for administrators. */

export { type DeskContext, deskContext, linkTo } from './page.js'
export { type RegistryDeskNeeds, registryDeskRoutes } from './registry-desk.routes.js'
export { unitEventRoutes } from './unit-events.routes.js'
