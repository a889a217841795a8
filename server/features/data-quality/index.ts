/** The board of data quality: which waves and units to look into. */
import { type DataQualityNeeds, dataQualityRoutes } from './data-quality.routes.js'

/** Everything that shows the board. */
export const createDataQuality = (deps: DataQualityNeeds) => ({ pages: dataQualityRoutes(deps) })
