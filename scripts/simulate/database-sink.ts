import type { PublishedQuestionnaire } from '../../server/domain/questionnaire/definition.js'
import type { ServiceCatalogue } from '../../server/domain/units/service.js'
import type { UnitRegistry } from '../../server/domain/units/unit.js'
import { createWaves } from '../../server/features/waves/index.js'
import type { Connection } from '../../server/platform/mongo/connect.js'
import { openTallies } from '../support/open-tallies.js'
import { withDatabase } from '../support/with-database.js'
import type { ResponseSink } from './simulate-city.js'
import { storeResponses } from './store-responses.js'

/** What waves are checked against. */
interface Surveys {
  readonly registry: UnitRegistry
  readonly services: ServiceCatalogue
  readonly published: readonly PublishedQuestionnaire[]
}

/** The parts of the server that a simulation fills. */
export function openForSimulation(connection: Connection, surveys: Surveys) {
  return { ...openTallies(connection), waves: createWaves({ ...surveys, connection }) }
}

export type SimulationParts = ReturnType<typeof openForSimulation>

/**
 * Stores each wave as intake does in bulk, its tallies built while the next is simulated.
 *
 * @returns the sink, and a wait for the last tallies
 */
export function databaseSink({ waves, responses, tallies }: SimulationParts): {
  readonly sink: ResponseSink
  finish(): Promise<void>
} {
  let building: Promise<void> = Promise.resolve()
  const sink: ResponseSink = async (wave, _published, file, simulated) => {
    const outcome = await waves.create(file)
    if (outcome.kind !== 'created') {
      throw new Error(`Wave ${wave.id} cannot be made (${outcome.kind}): simulate into an empty database`)
    }
    await storeResponses(responses, simulated)
    await building
    building = tallies.build(wave.id)
    building.catch(() => {})
  }
  return { sink, finish: () => building }
}

/**
 * Opens the database of the settings for a simulation and lets it run.
 *
 * @throws {Error} when the database holds a wave that is not simulated: what people said must not stand beside inventions
 */
export async function withDatabaseSink(
  env: NodeJS.ProcessEnv,
  surveys: Surveys,
  run: (sink: ResponseSink) => Promise<void>,
): Promise<void> {
  await withDatabase(
    env,
    (connection) => openForSimulation(connection, surveys),
    async (parts) => {
      const real = (await parts.waves.list()).filter(({ isSimulated }) => !isSimulated)
      if (real.length > 0) throw new Error(`The database holds real waves (${real[0]?.id}): name another one`)
      await parts.questionnaires.storeAll(surveys.published)
      const { sink, finish } = databaseSink(parts)
      await run(sink)
      await finish()
    },
  )
}
