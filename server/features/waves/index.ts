/** Waves: rounds of collection, made from wave files, found for a respondent. */
import type { IsoDay } from '../../domain/survey/vocabulary.js'
import type { Wave } from '../../domain/survey/wave.js'
import type { Connection } from '../../platform/mongo/connect.js'
import { makeCheckWave, makeCreateWave } from './create-wave.js'
import { chooseWave, isOpenOn, type WaveChoice, type WaveQuery } from './find-wave.js'
import type { WaveSources } from './plan-wave.js'
import { createRecentWaves } from './recent-waves.js'
import { mongoWaveRepository } from './wave.repository.js'
import type { WaveFile } from './wave-file.js'

export type { CreateWaveOutcome, WaveCheck } from './create-wave.js'
export { describeWaveProblem } from './describe-wave-problem.js'
export { chooseWave, isInScope, isOpenOn, type WaveChoice, type WaveQuery } from './find-wave.js'
export { planWave } from './plan-wave.js'
export { waveApiRoutes } from './wave.routes.js'
export { readWaveFile, readWaveText, type WaveFile } from './wave-file.js'

/**
 * Everything the platform does with waves.
 *
 * @param deps.questionnaires looked up anew for each wave, where versions may be published meanwhile; without it, those given
 */
export function createWaves(
  deps: WaveSources & {
    readonly connection: Connection
    readonly questionnaires?: { list(): Promise<WaveSources['published']> }
  },
) {
  const repository = mongoWaveRepository(deps.connection)
  const recent = createRecentWaves(repository)
  const listPublished = async () => deps.questionnaires?.list() ?? deps.published
  const sources = { ...deps, listPublished, waves: repository }
  const create = makeCreateWave(sources)
  return {
    byId: recent.byId,
    list: () => repository.list(),
    ofUnit: (unitUid: string) => repository.ofUnit(unitUid),
    /** Waves that take answers on the day and have the unit in scope. */
    async openFor(unitUid: string, on: IsoDay): Promise<readonly Wave[]> {
      return (await recent.ofUnit(unitUid)).filter((wave) => isOpenOn(wave, on))
    },
    /** The wave of a respondent, or when and where else answers are taken. */
    async find(query: WaveQuery): Promise<WaveChoice> {
      return chooseWave(await recent.ofUnit(query.unitUid), query)
    },
    /** What creating it would do. */
    check: makeCheckWave(sources),
    create: (file: WaveFile) => create(file).finally(recent.forget),
  }
}
