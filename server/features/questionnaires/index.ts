/** Questionnaires as data: reading and checking their files, publishing, looking published versions up. */

export { describeQuestionnaireProblem } from './describe-problem.js'
export { toPublished } from './hash-questionnaire.js'
export { type PublishOutcome, publishQuestionnaire } from './publish-questionnaire.js'
export { loadPublishedQuestionnaires } from './published-files.js'
export { mongoQuestionnaireRepository, type QuestionnaireRepository } from './questionnaire.repository.js'
export { parseQuestionnaire, questionnaireJsonSchema } from './questionnaire-schema.js'
export { createQuestionnaireStore, type QuestionnaireStore } from './questionnaire-store.js'
export { type QuestionnaireFile, readQuestionnaireFile } from './read-questionnaire.js'
