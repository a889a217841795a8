/** The administrator's workspace. */
export { type AdministrationNeeds, administrationRoutes } from './administration.routes.js'
