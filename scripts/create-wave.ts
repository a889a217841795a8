/** Creates waves from wave files: `create-wave FILE…`. Settings: MONGODB_URI, or DATA_DIR of the embedded engine. */
import { parseArgs } from 'node:util'
import { createQuestionnaireStore, mongoQuestionnaireRepository } from '../server/features/questionnaires/index.js'
import { loadSurveys } from '../server/features/survey-data/index.js'
import {
  type CreateWaveOutcome,
  createWaves,
  describeWaveProblem,
  readWaveFile,
} from '../server/features/waves/index.js'
import { projectDir } from '../server/platform/paths.js'
import { describeFileProblem } from '../server/platform/yaml-file.js'
import { commandAudit } from './support/command-audit.js'
import { done, failed, print, type Report } from './support/report.js'
import { withDatabase } from './support/with-database.js'

function toReport(path: string, outcome: CreateWaveOutcome): Report {
  switch (outcome.kind) {
    case 'created':
      return done(`${outcome.wave.id}: created, ${outcome.wave.unitUids.length} units`)
    case 'sampling_recorded':
      return done(`${outcome.wave.id}: sampling facts recorded`)
    case 'unchanged':
      return done(`${outcome.wave.id}: exists already`)
    case 'id_taken':
      return failed(`${path}: another wave has the id ${outcome.wave.id}`)
    case 'conflict':
      return failed(`${path}: competes with ${outcome.with.map(({ id }) => id).join(', ')}`)
    case 'invalid':
      return failed(...outcome.problems.map((found) => `${path}: ${describeWaveProblem(found)}`))
  }
}

async function createAll(paths: readonly string[]): Promise<void> {
  const files = paths.map((path) => ({ path, ...readWaveFile(path) }))
  const faults = files.flatMap(({ problems }) => problems.map(describeFileProblem))
  if (faults.length > 0) return print(failed(...faults))
  const surveys = loadSurveys(projectDir())
  await withDatabase(
    process.env,
    (connection) => {
      const repository = mongoQuestionnaireRepository(connection)
      const store = createQuestionnaireStore({ repository, now: () => new Date() })
      const waves = createWaves({ ...surveys, connection, questionnaires: store })
      return { store, waves, note: commandAudit(connection) }
    },
    async ({ store, waves, note }) => {
      await store.storeAll(surveys.published)
      for (const { path, value } of files) {
        if (!value) continue
        const outcome = await waves.create(value)
        if (outcome.kind === 'created') await note('wave_created', outcome.wave.id)
        if (outcome.kind === 'sampling_recorded') await note('wave_changed', outcome.wave.id, { field: 'sampling' })
        print(toReport(path, outcome))
      }
    },
  )
}

const { positionals } = parseArgs({ allowPositionals: true })
if (positionals.length === 0) print(failed('Usage: create-wave FILE…'))
else await createAll(positionals)
