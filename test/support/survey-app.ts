import type { NewResponse } from '../../server/domain/survey/response.js'
import type { Wave } from '../../server/domain/survey/wave.js'
import { createResponseRepository, createResponses } from '../../server/features/responses/index.js'
import { memoryCounters } from '../../server/platform/limits/counters.js'
import { startBareApp } from './bare-app.js'
import { createClient } from './http-client.js'
import { projectTexts } from './project-files.js'
import { NOON, smallQuestionnaires, smallRegistry, smallServices, smallWave, smallWaves } from './small-city.js'
import { openTestDatabase } from './test-database.js'

/** The real form and intake behind the real application, over a small city and a short questionnaire. */
export async function startSurveyApp(
  options: {
    readonly waves?: readonly Wave[]
    readonly postsPerMinute?: number
    readonly observeOutcome?: (kind: string) => void
  } = {},
) {
  const database = await openTestDatabase()
  const repository = createResponseRepository(database.connection)
  const marked: string[] = []
  let now = NOON
  const responses = createResponses({
    responses: repository,
    waves: smallWaves(options.waves ?? [smallWave()]),
    questionnaires: smallQuestionnaires,
    registry: smallRegistry,
    services: smallServices,
    tallies: { markStale: async ({ unitUid, service, day }) => void marked.push(`${unitUid} ${service} ${day}`) },
    secret: 'a secret of at least thirty-two characters',
    limits: { intakePostsPerMinute: options.postsPerMinute ?? 10_000 },
    counters: memoryCounters(),
    guardOf: () => (_req, res) => void res.sendStatus(401),
    texts: projectTexts(),
    now: () => now,
    ...(options.observeOutcome ? { observeOutcome: options.observeOutcome } : {}),
  })
  await database.buildIndexes()
  const app = await startBareApp(responses.pages, { apis: [responses.api] })
  return {
    url: app.url,
    logLines: app.logLines,
    marked,
    repository,
    connection: database.connection,
    client: () => createClient(app.url),
    setNow(instant: string) {
      now = new Date(instant)
    },
    async stored(): Promise<readonly NewResponse[]> {
      const all: NewResponse[] = []
      for await (const response of repository.since(new Date(0))) all.push(response)
      return all
    },
    async clear() {
      await database.connection.collection('responses').deleteMany({})
      marked.length = 0
      app.logLines.length = 0
      now = NOON
    },
    async stop() {
      await app.stop()
      await database.close()
    },
  }
}

export type SurveyApp = Awaited<ReturnType<typeof startSurveyApp>>
