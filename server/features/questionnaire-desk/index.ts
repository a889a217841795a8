/** The desk of questionnaires: read, compare, check and publish versions on pages. */
export { type QuestionnaireDeskNeeds, questionnaireDeskRoutes } from './questionnaire-desk.routes.js'
