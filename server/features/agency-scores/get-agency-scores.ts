import { covers, holdsUnit, type Scope, wholeCity } from '../../domain/access/scope.js'
import type { Localized } from '../../domain/survey/vocabulary.js'
import type { Wave } from '../../domain/survey/wave.js'
import { orderWaves } from '../../domain/survey/wave-order.js'
import type { ServiceCatalogue } from '../../domain/units/service.js'
import type { UnitRegistry } from '../../domain/units/unit.js'
import { problem } from '../../platform/problem.js'
import type { GetIndexReport, IndexReportQuery } from '../index-reports/index.js'
import type { GetUnitComments } from '../wave-analysis/index.js'
import type { AgencyScores, CommentedUnit, ScoredUnit, ScoresOverTime } from './agency-scores.js'

/** What the scores of agencies are made from. */
export interface AgencyScoresNeeds {
  readonly waves: {
    list(): Promise<readonly Wave[]>
    /** Waves with the unit in scope. */
    ofUnit(unitUid: string): Promise<readonly Wave[]>
  }
  readonly registry: Pick<UnitRegistry, 'byUid' | 'nameOf'>
  readonly services: Pick<ServiceCatalogue, 'byCode' | 'offeredBy'>
  readonly getIndexReport: GetIndexReport
  readonly getUnitComments: GetUnitComments
}

export type AgencyScoresOutcome =
  | { readonly kind: 'scores'; readonly scores: AgencyScores }
  | { readonly kind: 'no_wave'; readonly name: Localized }

/**
 * The scores of one unit in one wave, the latest unless told.
 *
 * @throws {Problem} 404 when the unit is unknown, outside the scope or not in the wave
 */
export type GetAgencyScores = (scope: Scope, unitUid: string, wanted: WantedScores) => Promise<AgencyScoresOutcome>

/** Which wave and service; `null` for the latest wave, and for all services or the first that the reader may see. */
export interface WantedScores {
  readonly waveId: string | null
  readonly service: string | null
}

/** The rule of the pages of agencies; analysts may choose others in their reports. */
const RULE = 'mean_of_children'

/** Binds the use case to where things are kept. */
export function makeGetAgencyScores(needs: AgencyScoresNeeds): GetAgencyScores {
  const { waves, registry, getIndexReport } = needs
  return async (scope, unitUid, wanted) => {
    const { waveId } = wanted
    const unitNow = registry.byUid(unitUid)
    if (unitNow === undefined) throw problem.notFound('unit')
    const { kind } = unitNow
    const { service, choices } = chosenService(needs, scope, unitNow, wanted.service)
    const { period } = scope
    const ofUnit = orderWaves(await waves.ofUnit(unitUid))
    const wave = waveId === null ? ofUnit[0] : ofUnit.find(({ id }) => id === waveId)
    if (wave === undefined && waveId !== null) throw problem.notFound('wave')
    if (wave === undefined) {
      return { kind: 'no_wave', name: registry.nameOf(unitUid, '9999-12-31') }
    }
    const common = { waveId: wave.id, rule: RULE, service, period } as const
    const peers = wholeCity('the median of its kind, of which no more than the median is shown')
    const byUnit = await getIndexReport(peers, { ...common, breakdown: 'unit', unitUid: null, kinds: [] })
    // The kind keeps units below this one, which may be in the wave themselves, out of its months.
    const overTime = await reportOverTime(scope, getIndexReport, { ...common, unitUid, kinds: [kind] })
    // A page of one service has nothing to divide; nor has a reader of some services a whole.
    const byService =
      service === null ? await getIndexReport(scope, { ...common, unitUid, kinds: [kind], breakdown: 'service' }) : null
    const sameKind = new Set(wave.unitUids.filter((uid) => registry.byUid(uid)?.kind === kind))
    const unit: ScoredUnit = { uid: unitUid, name: registry.nameOf(unitUid, wave.referenceOn), kind }
    return {
      kind: 'scores',
      scores: { unit, wave, waves: ofUnit, service, choices, byUnit, byService, overTime, sameKind },
    }
  }
}

/** What people wrote about one unit in one wave, the latest unless told. */
export function makeGetAgencyComments(needs: AgencyScoresNeeds) {
  return async (scope: Scope, unitUid: string, wanted: WantedScores): Promise<CommentedUnit> => {
    const unitNow = needs.registry.byUid(unitUid)
    if (unitNow === undefined) throw problem.notFound('unit')
    const { service, choices } = chosenService(needs, scope, unitNow, wanted.service)
    const ofUnit = orderWaves(await needs.waves.ofUnit(unitUid))
    const wave = wanted.waveId === null ? ofUnit[0] : ofUnit.find(({ id }) => id === wanted.waveId)
    if (wave === undefined) throw problem.notFound('wave')
    const name = needs.registry.nameOf(unitUid, wave.referenceOn)
    return { name, wave, service, choices, comments: await needs.getUnitComments(scope, { wave, unitUid, service }) }
  }
}

/**
 * The service that a page is about: as asked, or all, or the first that the reader may see.
 *
 * @throws {Problem} 404 where it is none, or not all of it lies in the scope
 */
function chosenService(
  { services }: Pick<AgencyScoresNeeds, 'services'>,
  scope: Scope,
  unit: Parameters<ServiceCatalogue['offeredBy']>[0],
  wanted: string | null,
) {
  if (!holdsUnit(scope, unit.uid)) throw problem.outsideScope('unit')
  if (wanted !== null && services.byCode(wanted) === undefined) throw problem.notFound('service')
  const isOpen = (code: string) => scope.services === 'all' || scope.services.has(code)
  const choices = services.offeredBy(unit).filter(({ code }) => isOpen(code))
  const service = wanted ?? (scope.services === 'all' ? null : (choices[0]?.code ?? null))
  const part = { unitUids: [unit.uid], services: service === null ? null : [service], period: scope.period }
  if (!covers(scope, part)) throw problem.outsideScope('service')
  return { service, choices }
}

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
export async function listScoredUnits(
  { waves, registry }: Pick<AgencyScoresNeeds, 'waves' | 'registry'>,
  scope: Scope,
) {
  const units = new Map<string, ScoredUnit>()
  for (const wave of await waves.list()) {
    for (const uid of wave.unitUids) {
      const kind = registry.byUid(uid)?.kind
      if (kind && !units.has(uid) && holdsUnit(scope, uid))
        units.set(uid, { uid, name: registry.nameOf(uid, wave.referenceOn), kind })
    }
  }
  return [...units.values()]
}
