/** Series: one line of a unit over waves and months, as it was or on the map of a day, as page, CSV, JSON and API. */
import { makeGetSeries, type SeriesNeeds } from './get-series.js'
import { type SeriesPageNeeds, seriesRoutes } from './series.routes.js'
import { seriesApi } from './series-api.routes.js'

export { type ChangeView, toChangeView } from './change.view.js'
export { breakTexts } from './series-words.js'

/** Everything that shows a unit over time. */
export function createSeries(deps: SeriesNeeds & Omit<SeriesPageNeeds, 'getSeries'>) {
  const needs = { ...deps, getSeries: makeGetSeries(deps) }
  return { pages: seriesRoutes(needs), api: seriesApi(needs) }
}
