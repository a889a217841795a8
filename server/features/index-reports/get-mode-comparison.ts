import type { Scope } from '../../domain/access/scope.js'
import { companionWaves } from '../../domain/report/companion-waves.js'
import { compareModes, type ModeComparison } from '../../domain/report/compare-modes.js'
import type { Wave } from '../../domain/survey/wave.js'
import { problem } from '../../platform/problem.js'
import type { GetIndexReport, IndexReportQuery } from './get-index-report.js'

/** Which comparison of modes somebody wants. */
export type ModeComparisonQuery = Omit<IndexReportQuery, 'breakdown' | 'withCommonMix'>

/** A wave beside those of other modes. */
export interface ModesOfWave {
  readonly wave: Wave
  readonly comparison: ModeComparison
}

/**
 * Sets a wave beside those that ask the same kind of respondent in other modes at the same time.
 *
 * @returns without pairs when there is no such wave
 * @throws {Problem} 404 when wave, unit or service is unknown or outside the scope
 */
export type GetModeComparison = (scope: Scope, query: ModeComparisonQuery) => Promise<ModesOfWave>

/** Binds the use case to where waves are kept and how their reports are made. */
export function makeGetModeComparison(needs: {
  readonly waves: { byId(id: string): Promise<Wave | undefined>; list(): Promise<readonly Wave[]> }
  readonly getIndexReport: GetIndexReport
}): GetModeComparison {
  return async (scope, { waveId, period, ...selection }) => {
    const wave = await needs.waves.byId(waveId)
    if (wave === undefined) throw problem.notFound('wave')
    const companions = companionWaves(wave, await needs.waves.list(), period)
    const queryOf = ({ id }: Wave): IndexReportQuery => ({
      ...selection,
      waveId: id,
      breakdown: 'unit',
      period: companions.waves.length === 0 ? period : companions.period,
    })
    const reports = []
    for (const one of [wave, ...companions.waves]) reports.push(await needs.getIndexReport(scope, queryOf(one)))
    return { wave, comparison: compareModes(reports) }
  }
}
