/** Pages of figures that staff keep under a name. */
import type { Connection } from '../../platform/mongo/connect.js'
import { mongoSavedViews } from './saved-view.repository.js'
import { type SavedViewNeeds, savedViewRoutes } from './saved-views.routes.js'

/** Everything about saved views on a connection. */
export function createSavedViews(deps: Omit<SavedViewNeeds, 'views'> & { readonly connection: Connection }) {
  return { pages: savedViewRoutes({ ...deps, views: mongoSavedViews(deps.connection) }) }
}
