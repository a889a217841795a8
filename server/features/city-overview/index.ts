/** The city at a glance: what is weak, falling and silent in a wave, for those who answer for the whole. */
import { type CityPageNeeds, cityOverviewRoutes } from './city-overview.routes.js'
import { type CityOverviewNeeds, makeGetCityOverview } from './get-city-overview.js'

/** Everything that shows the city at a glance. */
export function createCityOverview(deps: CityOverviewNeeds & Omit<CityPageNeeds, 'getCityOverview'>) {
  return { pages: cityOverviewRoutes({ ...deps, getCityOverview: makeGetCityOverview(deps) }) }
}
