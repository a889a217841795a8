import type { FinderDependencies } from './finder.js'
import { finderRoutes } from './finder.routes.js'

/** The citizen's way to a form: pages that find the agency and the service. */
export const createFinder = (deps: FinderDependencies) => ({ pages: finderRoutes(deps) })
