import { covers, type Scope, wholeCity } from '../../domain/access/scope.js'
import type { Localized } from '../../domain/survey/vocabulary.js'
import type { Wave } from '../../domain/survey/wave.js'
import { orderWaves } from '../../domain/survey/wave-order.js'
import type { UnitRegistry } from '../../domain/units/unit.js'
import { problem } from '../../platform/problem.js'
import type { GetIndexReport, IndexReportQuery } from '../index-reports/index.js'
import type { AgencyScores, ScoredUnit, ScoresOverTime } from './agency-scores.js'

/** What the scores of agencies are made from. */
export interface AgencyScoresNeeds {
  readonly waves: {
    list(): Promise<readonly Wave[]>
    /** Waves with the unit in scope. */
    ofUnit(unitUid: string): Promise<readonly Wave[]>
  }
  readonly registry: Pick<UnitRegistry, 'byUid' | 'nameOf'>
  readonly getIndexReport: GetIndexReport
}

export type AgencyScoresOutcome =
  | { readonly kind: 'scores'; readonly scores: AgencyScores }
  | { readonly kind: 'no_wave'; readonly name: Localized }

/**
 * The scores of one unit in one wave, the latest unless told.
 *
 * @throws {Problem} 404 when the unit is unknown, outside the scope or not in the wave
 */
export type GetAgencyScores = (scope: Scope, unitUid: string, waveId: string | null) => Promise<AgencyScoresOutcome>

/** The rule of the pages of agencies; analysts may choose others in their reports. */
const RULE = 'mean_of_children'
const ALWAYS = { from: null, to: null }

/** Binds the use case to where things are kept. */
export function makeGetAgencyScores({ waves, registry, getIndexReport }: AgencyScoresNeeds): GetAgencyScores {
  return async (scope, unitUid, waveId) => {
    const kind = registry.byUid(unitUid)?.kind
    if (kind === undefined) throw problem.notFound('unit')
    if (!covers(scope, placeOf(unitUid))) throw problem.outsideScope('unit')
    const ofUnit = orderWaves(await waves.ofUnit(unitUid))
    const wave = waveId === null ? ofUnit[0] : ofUnit.find(({ id }) => id === waveId)
    if (wave === undefined && waveId !== null) throw problem.notFound('wave')
    if (wave === undefined) {
      return { kind: 'no_wave', name: registry.nameOf(unitUid, '9999-12-31') }
    }
    const common = { waveId: wave.id, rule: RULE, service: null, period: ALWAYS } as const
    const peers = wholeCity('the median of its kind, of which no more than the median is shown')
    const byUnit = await getIndexReport(peers, { ...common, breakdown: 'unit', unitUid: null, kinds: [] })
    // The kind keeps units below this one, which may be in the wave themselves, out of its months.
    const overTime = await reportOverTime(scope, getIndexReport, { ...common, unitUid, kinds: [kind] })
    const sameKind = new Set(wave.unitUids.filter((uid) => registry.byUid(uid)?.kind === kind))
    const unit: ScoredUnit = { uid: unitUid, name: registry.nameOf(unitUid, wave.referenceOn), kind }
    return { kind: 'scores', scores: { unit, wave, waves: ofUnit, byUnit, overTime, sameKind } }
  }
}

const placeOf = (uid: string) => ({ unitUids: [uid], services: null, period: ALWAYS })

/** By month; by quarter where most months have too few answers to show their index. */
async function reportOverTime(
  scope: Scope,
  getIndexReport: GetIndexReport,
  query: Omit<IndexReportQuery, 'breakdown'>,
): Promise<ScoresOverTime> {
  const months = await getIndexReport(scope, { ...query, breakdown: 'month' })
  const estimates = months.blocks.flatMap(({ group, cells }) =>
    group.scope === 'month' ? cells.filter(({ line }) => line.level === 'overall').map(({ estimate }) => estimate) : [],
  )
  const shownCount = estimates.filter(({ kind }) => kind === 'published').length
  if (2 * shownCount >= estimates.length) return { step: 'month', report: months }
  return { step: 'quarter', report: await getIndexReport(scope, { ...query, breakdown: 'quarter' }) }
}

/** Every unit of a scope that is in a wave, named as in the latest one. */
export async function listScoredUnits({ waves, registry }: Omit<AgencyScoresNeeds, 'getIndexReport'>, scope: Scope) {
  const units = new Map<string, ScoredUnit>()
  for (const wave of await waves.list()) {
    for (const uid of wave.unitUids) {
      const kind = registry.byUid(uid)?.kind
      if (kind && !units.has(uid) && covers(scope, placeOf(uid)))
        units.set(uid, { uid, name: registry.nameOf(uid, wave.referenceOn), kind })
    }
  }
  return [...units.values()]
}
