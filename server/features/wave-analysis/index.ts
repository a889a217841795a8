/** Wave analyses: what the index report leaves out, from the stored responses, as page, CSV, JSON and API. */
import { type AnalysisPageNeeds, waveAnalysisRoutes } from './analysis.routes.js'
import { waveAnalysisApi } from './analysis-api.routes.js'
import { makeGetUnitComments } from './get-comments.js'
import { makeGetWaveAnalysis, type WaveAnalysisNeeds } from './get-wave-analysis.js'
import { makeJudgeWave } from './judge-wave.js'

export { type CommentView, toCommentView } from './comment.view.js'
export { checkCommentCodesFile, loadCommentCodes } from './comment-codes-file.js'
export type { GetUnitComments, UnitComments } from './get-comments.js'
export { makeGetWaveAnalysis, type WaveAnalysis } from './get-wave-analysis.js'
export type { WaveJudge } from './judge-wave.js'
export { type CheckedRoles, checkRolesFiles, loadRoles } from './roles-file.js'

/** Everything that shows the analysis of a wave. */
export function createWaveAnalysis(deps: WaveAnalysisNeeds & Omit<AnalysisPageNeeds, 'getWaveAnalysis'>) {
  const getWaveAnalysis = makeGetWaveAnalysis(deps)
  const { guardOf, scopeOf } = deps
  return {
    getWaveAnalysis,
    judgeWave: makeJudgeWave(deps),
    getUnitComments: makeGetUnitComments(deps),
    pages: waveAnalysisRoutes({ ...deps, getWaveAnalysis }),
    api: waveAnalysisApi({ getWaveAnalysis, guardOf, scopeOf }),
  }
}
