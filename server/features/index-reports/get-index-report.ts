import { createHash } from 'node:crypto'
import { covers, type Scope, wholeCity } from '../../domain/access/scope.js'
import { DISCLOSURE_POLICIES } from '../../domain/disclosure/policy.js'
import type { AggregationRule } from '../../domain/index/aggregate.js'
import { EMPTY_TALLY, type Tally } from '../../domain/index/tally.js'
import type { PublishedQuestionnaire } from '../../domain/questionnaire/definition.js'
import { remembered } from '../../domain/remembered.js'
import { guardReport } from '../../domain/report/guard-report.js'
import {
  type Breakdown,
  type IndexReport,
  indexReportOf,
  type ReportBlock,
  type Selection,
} from '../../domain/report/index-report.js'
import { withStandings } from '../../domain/report/rank-units.js'
import { partGroups, type ReportGroup, unitGroups } from '../../domain/report/report-group.js'
import { type ServiceTally, withStandardised } from '../../domain/report/standardise-units.js'
import { addUpSteps, isTimeStep, stepWithin } from '../../domain/report/time-steps.js'
import type { Period } from '../../domain/survey/vocabulary.js'
import type { Wave } from '../../domain/survey/wave.js'
import type { ServiceCatalogue } from '../../domain/units/service.js'
import type { UnitRegistry } from '../../domain/units/unit.js'
import { keepByState, oneAtATime } from '../../platform/keep-by-state.js'
import { keepForAWhile } from '../../platform/keep-for-a-while.js'
import { problem } from '../../platform/problem.js'
import { type ShownReports, showGuarded } from './shown-reports.js'

/** Reports are for staff inside the administration; another class of reader is another policy and another memory. */
const READER = 'internal'

/** Which index report somebody wants. */
export interface IndexReportQuery extends Selection {
  readonly waveId: string
  readonly rule: AggregationRule
  readonly breakdown: Breakdown
  /** Also set the units on a common service mix; only by unit and over all services. */
  readonly withCommonMix?: boolean
}

/**
 * Makes the report of a wave from tallies that hold every response marked before the call; one that took a second or more to
 * make may be up to two minutes old while responses come in (`keepForAWhile`).
 *
 * @throws {Problem} 404 when wave, unit or service is unknown, or not all that is asked for lies in the scope
 */
export type GetIndexReport = (scope: Scope, query: IndexReportQuery) => Promise<IndexReport>

/** What reports are made from. */
export interface IndexReportNeeds {
  readonly reports: ShownReports
  readonly waves: { byId(id: string): Promise<Wave | undefined> }
  readonly questionnaires: {
    byHash(hash: string): Promise<PublishedQuestionnaire | undefined> | PublishedQuestionnaire | undefined
  }
  readonly registry: Pick<UnitRegistry, 'byUid' | 'cityUid' | 'nameOf' | 'parentOf' | 'subtreeOf'>
  readonly services: Pick<ServiceCatalogue, 'byCode'>
  readonly tallies: {
    stateOf(waveId: string): Promise<string>
    read(
      scope: Scope,
      query: {
        readonly wave: Wave
        readonly unitUids: readonly string[]
        readonly service: string | null
        readonly period: Period
        readonly by: 'unit' | 'service' | 'month' | 'unit_service'
      },
    ): Promise<readonly { readonly key: string; readonly tally: Tally }[]>
  }
}

/** Selections whose protected figures are kept; that of the city by unit is about ten megabytes. */
const KEPT_REPORTS = 24
/** The page says that large ones may be so old. */
const REUSE = { costlyMs: 1000, longestMs: 120_000 }

/** All that the protected figures follow from: of the same counts the same is hidden. */
const stateOf = (groups: readonly ReportGroup[]) => createHash('sha256').update(JSON.stringify(groups)).digest('base64')

/** Binds the use case to where things are kept. */
export function makeGetIndexReport(needs: IndexReportNeeds): GetIndexReport {
  const keep = keepForAWhile<readonly ReportBlock[]>(KEPT_REPORTS, REUSE, () => performance.now())
  const decided = keepByState<readonly ReportBlock[]>(KEPT_REPORTS)
  const ranked = new WeakMap<readonly ReportBlock[], Map<AggregationRule, IndexReport>>()
  const queueOf = remembered((_waveId: string) => oneAtATime())
  const shownWhole = new Set<string>()

  /** The report under a rule, its units compared: worked out once for the same blocks. */
  function rankedOf(blocks: readonly ReportBlock[], chosen: Chosen, rule: AggregationRule): IndexReport {
    const reports = ranked.get(blocks) ?? new Map<AggregationRule, IndexReport>()
    ranked.set(blocks, reports)
    const known = reports.get(rule)
    if (known !== undefined) return known
    const report = indexReportOf(blocks, { ...chosen, reader: READER, rule })
    const made = withStandings(report, (uid) => needs.registry.byUid(uid)?.kind)
    reports.set(rule, made)
    return made
  }

  async function blocksOf(scope: Scope, chosen: Chosen): Promise<readonly ReportBlock[]> {
    const { wave, questionnaire, selection, breakdown } = chosen
    const canonical = canonicalOf(selection, breakdown)
    const key = `${READER} ${wave.id} ${canonical}`
    const show = (groups: readonly ReportGroup[], state: string) => {
      const unitUids = selectedUnits(needs.registry, wave, selection)
      const guard = guardReport({ wave, questionnaire, reader: READER, unitUids, groups })
      const whole = canonicalOf(WHOLE, 'unit')
      return showGuarded(needs.reports, { reader: READER, waveId: wave.id, selection: canonical, whole, state, guard })
    }
    // While the wave stays as it is nothing is read; where it changed elsewhere, nothing is decided anew.
    return keep(key, async () => ({
      state: await needs.tallies.stateOf(wave.id),
      make: async () => {
        const groups = await groupsOf(needs, scope, chosen)
        const state = stateOf(groups)
        // One after the other, so that two that are asked for at once are not both hidden for each other's sake.
        return decided(key, state, () => queueOf(wave.id)(() => show(groups, state)))
      },
    }))
  }

  /** The whole wave comes before any part of it: of two that differ by few, the part is hidden. */
  async function showWhole(chosen: Chosen): Promise<void> {
    if (shownWhole.has(chosen.wave.id)) return
    const whole = wholeCity('what a part may show follows from the whole wave')
    await blocksOf(whole, { ...chosen, selection: WHOLE, breakdown: 'unit' })
    shownWhole.add(chosen.wave.id)
  }

  return async (scope, { waveId, rule, breakdown, withCommonMix = false, ...selection }) => {
    const wave = await needs.waves.byId(waveId)
    if (wave === undefined) throw problem.notFound('wave')
    checkSelection(needs, scope, wave, selection)
    const questionnaire = await needs.questionnaires.byHash(wave.questionnaireHash)
    if (questionnaire === undefined) throw new Error(`Wave ${wave.id} names a questionnaire that is not published`)
    const chosen = { wave, questionnaire, selection, breakdown }
    await showWhole(chosen)
    const report = rankedOf(await blocksOf(scope, chosen), chosen, rule)
    if (!withCommonMix || breakdown !== 'unit' || selection.service !== null) return report
    const tallies = await serviceTallies(needs, scope, wave, selection)
    return withStandardised(report, tallies, questionnaire.questionnaire, DISCLOSURE_POLICIES[READER])
  }
}

const WHOLE: Selection = { unitUid: null, kinds: [], service: null, period: { from: null, to: null } }

interface Chosen {
  readonly wave: Wave
  readonly questionnaire: PublishedQuestionnaire
  readonly selection: Selection
  readonly breakdown: Breakdown
}

/** Equal for equal selections. */
const canonicalOf = ({ unitUid, kinds, service, period }: Selection, breakdown: Breakdown) =>
  JSON.stringify([breakdown, unitUid, [...kinds].sort(), service, period.from, period.to])

async function serviceTallies(
  { registry, tallies }: IndexReportNeeds,
  scope: Scope,
  wave: Wave,
  selection: Selection,
): Promise<readonly ServiceTally[]> {
  const unitUids = selectedUnits(registry, wave, selection)
  const counted = await tallies.read(scope, {
    wave,
    unitUids,
    service: null,
    period: selection.period,
    by: 'unit_service',
  })
  return counted.map(({ key, tally }) => {
    const [unitUid = '', service = ''] = key.split(' ')
    return { unitUid, service, tally }
  })
}

function checkSelection(needs: IndexReportNeeds, scope: Scope, wave: Wave, selection: Selection): void {
  const { registry, services } = needs
  const { unitUid, service, period } = selection
  if (unitUid !== null && registry.byUid(unitUid) === undefined) throw problem.notFound('unit')
  if (service !== null && services.byCode(service) === undefined) throw problem.notFound('service')
  const unitUids = unitUid === null ? null : [unitUid, ...selectedUnits(registry, wave, selection)]
  const part = { unitUids, services: service === null ? null : [service], period }
  if (!covers(scope, part)) throw problem.outsideScope('unit')
}

/** Units of the wave inside a selection, by the registry on the wave's reference day. */
export function selectedUnits(
  registry: Pick<UnitRegistry, 'byUid' | 'subtreeOf'>,
  wave: Wave,
  { unitUid, kinds }: Pick<Selection, 'unitUid' | 'kinds'>,
): readonly string[] {
  const area =
    unitUid === null ? null : new Set([unitUid, ...registry.subtreeOf(unitUid, wave.referenceOn).map(({ uid }) => uid)])
  const kindOf = (uid: string) => registry.byUid(uid)?.kind
  return wave.unitUids.filter((uid) => {
    const kind = kindOf(uid)
    return (area?.has(uid) ?? true) && (kinds.length === 0 || (kind !== undefined && kinds.includes(kind)))
  })
}

async function groupsOf(
  { registry, tallies }: IndexReportNeeds,
  scope: Scope,
  { wave, selection, breakdown }: Chosen,
): Promise<readonly ReportGroup[]> {
  const { service, period } = selection
  const unitUids = selectedUnits(registry, wave, selection)
  const rootUid = selection.unitUid ?? registry.cityUid
  const by = isTimeStep(breakdown) ? 'month' : breakdown
  const counted = await tallies.read(scope, { wave, unitUids, service, period, by })
  if (breakdown === 'unit') {
    const tallyOf = new Map(counted.map(({ key, tally }) => [key, tally]))
    const parts = unitUids.map((key) => ({ key, tally: tallyOf.get(key) ?? EMPTY_TALLY }))
    return unitGroups(parts, registry, wave.referenceOn, rootUid, { service, period })
  }
  const parts = isTimeStep(breakdown)
    ? addUpSteps(counted, breakdown).map((part) => ({
        ...part,
        service,
        period: stepWithin(part.key, breakdown, period),
      }))
    : counted.map((part) => ({ ...part, service: part.key, period }))
  const unit = { uid: rootUid, name: registry.nameOf(rootUid, wave.referenceOn) }
  return partGroups(parts, breakdown, unit, { service, period })
}
