/** Facts of the impact assessment: what is kept of whom, why, how long, who reads it. */
export { privacyFactsRoutes } from './privacy-facts.routes.js'
