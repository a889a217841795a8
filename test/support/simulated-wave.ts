import { simulateWave } from '../../scripts/simulate/index.js'
import type { NewResponse } from '../../server/domain/survey/response.js'
import type { Wave } from '../../server/domain/survey/wave.js'
import type { TestApp } from './start-app.js'

/**
 * Fills some units of an open wave with simulated responses, stored and counted as the server does it.
 *
 * @param perUnit how many each unit gets, by uid
 * @returns the responses stored
 */
export async function fillWave(app: TestApp, wave: Wave, perUnit: Readonly<Record<string, number>>) {
  const published = app.published.find(({ hash }) => hash === wave.questionnaireHash)
  if (!published) throw new Error(`Wave ${wave.id} names a questionnaire that is not published`)
  const { registry, services } = app
  const counts = new Map(Object.entries(perUnit))
  const input = { seed: 'test', wave, published, counts, until: '2026-11-22', registry, services }
  const responses: NewResponse[] = [...simulateWave(input)]
  await app.responses.insertBatch(responses)
  await app.tallies.build(wave.id)
  return responses
}
