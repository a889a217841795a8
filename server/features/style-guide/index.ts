/** The design on one page. */
export { styleGuideRoutes } from './style-guide.routes.js'
