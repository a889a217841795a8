import type { Scope } from '../../domain/access/scope.js'
import { type CityOverview, cityOverview } from '../../domain/overview/city-overview.js'
import type { MeasuredWave } from '../../domain/overview/wave-join.js'
import { wavesBefore } from '../../domain/overview/waves-before.js'
import type { PublishedQuestionnaire } from '../../domain/questionnaire/definition.js'
import type { ModeComparison } from '../../domain/report/compare-modes.js'
import type { IndexReport } from '../../domain/report/index-report.js'
import { cityDay } from '../../domain/survey/day.js'
import type { Wave } from '../../domain/survey/wave.js'
import { orderWaves } from '../../domain/survey/wave-order.js'
import type { UnitRegistry } from '../../domain/units/unit.js'
import { problem } from '../../platform/problem.js'
import type { GetIndexReport, GetModeComparison } from '../index-reports/index.js'

/** What overviews are made from. */
export interface CityOverviewNeeds {
  readonly waves: { list(): Promise<readonly Wave[]> }
  readonly questionnaires: {
    byHash(hash: string): Promise<PublishedQuestionnaire | undefined> | PublishedQuestionnaire | undefined
  }
  readonly registry: UnitRegistry
  readonly getIndexReport: GetIndexReport
  readonly getModeComparison: GetModeComparison
  /** Responses of a wave that two persons took out of its figures. */
  readonly voidedCount: (waveId: string) => Promise<number>
  readonly now: () => Date
}

/** The overview of a wave, beside those of other modes. */
export interface WaveOverview {
  readonly overview: CityOverview
  readonly modes: ModeComparison
  /** Responses that are out of the figures. */
  readonly voidedCount: number
  /** Waves that have opened, the one to read first at the front. */
  readonly waves: readonly Wave[]
}

/**
 * The city in one wave, the latest unless told; `null` while no wave has opened.
 *
 * Every figure comes from the wave's index reports, so it is hidden where they hide it and as old as they are.
 *
 * @throws {Problem} 404 when there is no such wave, or not the whole city lies in the scope
 */
export type GetCityOverview = (scope: Scope, waveId: string | null) => Promise<WaveOverview | null>

/** The rule of this page and of those of agencies; analysts may choose others in their reports. */
const WHOLE_WAVE = {
  rule: 'mean_of_children',
  unitUid: null,
  kinds: [],
  service: null,
  period: { from: null, to: null },
} as const

/** Binds the use case to where things are kept. */
export function makeGetCityOverview(needs: CityOverviewNeeds): GetCityOverview {
  const known = new WeakMap<
    IndexReport,
    { readonly earlier: readonly IndexReport[]; readonly overview: CityOverview }
  >()

  /** While the waves stay as they are their reports are the same objects: then nothing is worked out anew. */
  function overviewOf(now: MeasuredWave, earlier: readonly MeasuredWave[]): CityOverview {
    const reports = earlier.map(({ report }) => report)
    const last = known.get(now.report)
    const isSame = last?.earlier.length === reports.length && reports.every((one, i) => one === last.earlier[i])
    if (last !== undefined && isSame) return last.overview
    const overview = cityOverview({ now, earlier, registry: needs.registry })
    known.set(now.report, { earlier: reports, overview })
    return overview
  }

  async function measure(scope: Scope, wave: Wave): Promise<MeasuredWave> {
    const questionnaire = await needs.questionnaires.byHash(wave.questionnaireHash)
    if (questionnaire === undefined) throw new Error(`Wave ${wave.id} names a questionnaire that is not published`)
    const report = await needs.getIndexReport(scope, { ...WHOLE_WAVE, waveId: wave.id, breakdown: 'unit' })
    return { report, questionnaire }
  }

  return async (scope, waveId) => {
    const today = cityDay(needs.now())
    const waves = orderWaves(await needs.waves.list()).filter(({ opensOn }) => opensOn <= today)
    const wave = waveId === null ? waves[0] : waves.find(({ id }) => id === waveId)
    if (wave === undefined && waveId !== null) throw problem.notFound('wave')
    if (wave === undefined) return null
    const now = await measure(scope, wave)
    const earlier: MeasuredWave[] = []
    for (const one of wavesBefore(wave, waves)) earlier.push(await measure(scope, one))
    const { comparison } = await needs.getModeComparison(scope, { ...WHOLE_WAVE, waveId: wave.id })
    const voidedCount = await needs.voidedCount(wave.id)
    return { overview: overviewOf(now, earlier), modes: comparison, voidedCount, waves }
  }
}
