import type { AnalysisPlan } from '../analysis/analysis-plan.js'
import { type AnalysisTables, analysisTables } from '../analysis/analysis-tables.js'
import { DISCLOSURE_POLICIES } from '../disclosure/policy.js'
import { AGGREGATION_RULES } from '../index/aggregate.js'
import { EMPTY_TALLY } from '../index/tally.js'
import type { PublishedQuestionnaire } from '../questionnaire/definition.js'
import {
  type Breakdown,
  type IndexReport,
  indexReportOf,
  type ReportBlock,
  type Selection,
} from '../report/index-report.js'
import { protectRelease, protectServices } from '../report/protect-release.js'
import { withStandings } from '../report/rank-units.js'
import { partGroups, type ReportGroup, type SelectionFrame, unitGroups } from '../report/report-group.js'
import type { Steps } from '../steps.js'
import type { Wave } from '../survey/wave.js'
import type { RecordCounts } from './records.js'
import { type RegistrySnapshot, registryOf } from './registry-snapshot.js'
import { type BundleGuard, cityWithheld } from './release-guard.js'
import { RELEASE_RULES } from './release-rules.js'
import { type ReleaseTableRow, releaseTableRows } from './release-tables.js'
import { type EarlierWave, trendRows } from './trend.js'

/** What the figures of a release are computed from; all of it lies in its bundle. */
export interface ReleaseInputs {
  readonly wave: Wave
  readonly questionnaire: PublishedQuestionnaire
  readonly registry: RegistrySnapshot
  readonly plan: AnalysisPlan
  readonly counts: RecordCounts
  readonly guard: BundleGuard
  /** The waves before it, as published then. */
  readonly earlier: readonly EarlierWave[]
}

/** All figures of a release. */
export interface ComputedFigures {
  /** By unit under each rule, then by service under each rule. */
  readonly reports: readonly IndexReport[]
  /** Tables T1, T2 and T6 to T12 of the methodology. */
  readonly tables: readonly ReleaseTableRow[]
}

const FRAME: SelectionFrame = { service: null, period: { from: null, to: null } }
const WHOLE: Selection = { unitUid: null, kinds: [], ...FRAME }
const READER = 'public'

type Place = Pick<ReleaseInputs, 'wave' | 'registry'>

/** The groups of a wave by unit: the city, its areas, every unit in scope. */
export function releaseGroups(
  { wave, registry }: Place,
  { units }: Pick<RecordCounts, 'units'>,
): readonly ReportGroup[] {
  const parts = wave.unitUids.map((key) => ({ key, tally: units.get(key) ?? EMPTY_TALLY }))
  return unitGroups(parts, registryOf(registry), wave.referenceOn, registry.cityUid, FRAME)
}

/**
 * The groups of a wave by service: the city, then every service that somebody was asked about, then each unit or area all of whose
 * services are its own alone, since its people are those of its services.
 */
export function serviceGroups(
  { wave, registry }: Place,
  counts: Pick<RecordCounts, 'units' | 'services' | 'unitsOfService'>,
): readonly ReportGroup[] {
  const parts = [...counts.services]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, tally]) => ({ key: code, tally, service: code, period: FRAME.period }))
  const uid = registry.cityUid
  const unit = { uid, name: registryOf(registry).nameOf(uid, wave.referenceOn) }
  return [...partGroups(parts, 'service', unit, FRAME), ...closedGroups({ wave, registry }, counts)]
}

/** Units and areas that are the sum of services which nobody else was asked about. */
function closedGroups(place: Place, counts: Pick<RecordCounts, 'units' | 'unitsOfService'>): readonly ReportGroup[] {
  const [, ...groups] = releaseGroups(place, counts)
  const byKey = new Map(groups.map((group) => [group.key, group]))
  const membersOf = ({ unitUid, parts }: ReportGroup): readonly string[] =>
    parts.length === 0 ? [unitUid] : parts.flatMap((key) => membersOf(byKey.get(key)!))
  return groups.flatMap((group) => {
    const members = new Set(membersOf(group))
    const touched = [...counts.unitsOfService].filter(([, units]) => [...units].some((uid) => members.has(uid)))
    const isClosed = touched.length > 0 && touched.every(([, units]) => [...units].every((uid) => members.has(uid)))
    return isClosed ? [{ ...group, parts: touched.map(([code]) => `service ${code}`).sort() }] : []
  })
}

/** Every figure of a release, for everybody: by unit and by service under each rule, and the other tables of the whole wave. */
export function* computeRelease(inputs: ReleaseInputs): Steps<ComputedFigures> {
  const { questionnaire, registry, guard, counts } = inputs
  const byUnit = yield* protectRelease(releaseGroups(inputs, counts), questionnaire, guard.units)
  const byService = yield* protectServices(serviceGroups(inputs, counts), questionnaire, guard.services, byUnit)
  const { kindOf } = registryOf(registry)
  const units = reportsOf(inputs, byUnit, 'unit').map((report) => withStandings(report, kindOf))
  const trend = trendRows(inputs.earlier, inputs.wave, units)
  return {
    reports: [...units, ...reportsOf(inputs, byService, 'service')],
    tables: [...tablesOf(inputs, byUnit[0]!), ...trend],
  }
}

function reportsOf(
  { wave, questionnaire }: ReleaseInputs,
  blocks: readonly ReportBlock[],
  breakdown: Breakdown,
): readonly IndexReport[] {
  const frame = { reader: READER, wave, questionnaire, breakdown, selection: WHOLE } as const
  return AGGREGATION_RULES.map((rule) => indexReportOf(blocks, { ...frame, rule }))
}

function tablesOf({ wave, plan, counts, guard }: ReleaseInputs, city: ReportBlock): readonly ReleaseTableRow[] {
  const policy = DISCLOSURE_POLICIES[READER]
  const tables: AnalysisTables = analysisTables(plan, counts.analysis, {
    policy,
    rules: RELEASE_RULES,
    isWhole: true,
    sampling: wave.sampling ?? null,
    hiddenSensitive: new Set(guard.tables.hiddenSensitive),
  })
  return releaseTableRows(tables, new Set([...guard.tables.withheld, ...cityWithheld(city)]), policy)
}
