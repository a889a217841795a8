/**
 * Counts waves anew from their raw responses, compares and puts right: `recount [WAVE…]`; without a wave, all of them.
 * Settings: MONGODB_URI, or DATA_DIR of the embedded engine.
 */
import { parseArgs } from 'node:util'
import { createQuestionnaireStore, mongoQuestionnaireRepository } from '../server/features/questionnaires/index.js'
import { createResponseRepository } from '../server/features/responses/index.js'
import { loadSurveys } from '../server/features/survey-data/index.js'
import { createTallies, type RecountOutcome } from '../server/features/tallies/index.js'
import { createWaves } from '../server/features/waves/index.js'
import type { Connection } from '../server/platform/mongo/connect.js'
import { projectDir } from '../server/platform/paths.js'
import { done, failed, print, type Report } from './support/report.js'
import { withDatabase } from './support/with-database.js'

function toReport(waveId: string, { responseCount, cellCount, differences }: RecountOutcome): Report {
  const counted = `${waveId}: ${responseCount} responses, ${cellCount} cells`
  if (differences.length === 0) return done(`${counted}, no difference`)
  const lines = differences.map(({ cell, storedCount, countedCount }) => {
    const place = [cell.level, cell.unitUid, cell.service, cell.channel, cell.period].join(' ')
    return `  ${place}: stored ${storedCount}, counted ${countedCount}`
  })
  return failed(`${counted}, ${differences.length} cells were wrong and have been put right`, ...lines)
}

function openFeatures(connection: Connection) {
  const now = () => new Date()
  const questionnaires = createQuestionnaireStore({ repository: mongoQuestionnaireRepository(connection), now })
  const responses = createResponseRepository(connection)
  return {
    waves: createWaves({ ...loadSurveys(projectDir()), connection }),
    tallies: createTallies({ connection, responses, findQuestionnaire: questionnaires.byHash, now }),
  }
}

const { positionals } = parseArgs({ allowPositionals: true })
await withDatabase(process.env, openFeatures, async ({ waves, tallies }) => {
  const known = (await waves.list()).map(({ id }) => id)
  const unknown = positionals.filter((id) => !known.includes(id))
  if (unknown.length > 0) return print(failed(...unknown.map((id) => `${id}: no such wave`)))
  for (const id of positionals.length > 0 ? positionals : known) print(toReport(id, await tallies.recount(id)))
})
