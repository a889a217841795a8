import { createQuestionnaireStore, mongoQuestionnaireRepository } from '../../server/features/questionnaires/index.js'
import { createResponseRepository } from '../../server/features/responses/index.js'
import { createTallies } from '../../server/features/tallies/index.js'
import type { Connection } from '../../server/platform/mongo/connect.js'

/** Responses, their questionnaires and their tallies, as the server has them. */
export function openTallies(connection: Connection) {
  const now = () => new Date()
  const questionnaires = createQuestionnaireStore({ repository: mongoQuestionnaireRepository(connection), now })
  const responses = createResponseRepository(connection)
  const tallies = createTallies({ connection, responses, findQuestionnaire: questionnaires.byHash, now })
  return { questionnaires, responses, tallies }
}
