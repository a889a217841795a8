/** Questionnaires as data: reading and checking their files, publishing, looking published versions up. */

export { describeQuestionnaireProblem } from './describe-problem.js'
export { sha256, toPublished } from './hash-questionnaire.js'
export { knownQuestionnaires } from './known-questionnaires.js'
export { publishQuestionnaire } from './publish-questionnaire.js'
export { loadPublishedQuestionnaires, publishedFileName } from './published-files.js'
export { mongoQuestionnaireRepository } from './questionnaire.repository.js'
export { questionnaireJsonSchema } from './questionnaire-schema.js'
export { createQuestionnaireStore, type QuestionnaireStore } from './questionnaire-store.js'
export { questionnaireYaml } from './questionnaire-yaml.js'
export { type QuestionnaireFault, readQuestionnaireFile, readQuestionnaireText } from './read-questionnaire.js'
