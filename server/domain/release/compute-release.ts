import { AGGREGATION_RULES } from '../index/aggregate.js'
import { EMPTY_TALLY, type Tally } from '../index/tally.js'
import type { PublishedQuestionnaire } from '../questionnaire/definition.js'
import { type IndexReport, indexReportOf, type Selection } from '../report/index-report.js'
import { protectRelease, type ReleaseGuard } from '../report/protect-release.js'
import { withStandings } from '../report/rank-units.js'
import { type ReportGroup, type SelectionFrame, unitGroups } from '../report/report-group.js'
import type { Steps } from '../steps.js'
import type { Wave } from '../survey/wave.js'
import { type RegistrySnapshot, registryOf } from './registry-snapshot.js'

/** What the figures of a release are computed from; all of it lies in its bundle. */
export interface ReleaseInputs {
  readonly wave: Wave
  readonly questionnaire: PublishedQuestionnaire
  readonly registry: RegistrySnapshot
  /** Counts of the records by unit. */
  readonly tallies: ReadonlyMap<string, Tally>
  readonly guard: ReleaseGuard
}

const FRAME: SelectionFrame = { service: null, period: { from: null, to: null } }
const WHOLE: Selection = { unitUid: null, kinds: [], ...FRAME }

/** The groups of a wave by unit: the city, its areas, every unit in scope. */
export function releaseGroups({
  wave,
  registry,
  tallies,
}: Pick<ReleaseInputs, 'wave' | 'registry' | 'tallies'>): readonly ReportGroup[] {
  const parts = wave.unitUids.map((key) => ({ key, tally: tallies.get(key) ?? EMPTY_TALLY }))
  return unitGroups(parts, registryOf(registry), wave.referenceOn, registry.cityUid, FRAME)
}

/** Every figure of a release: the index report of the whole wave by unit for everybody, one for each rule. */
export function* computeRelease(inputs: ReleaseInputs): Steps<readonly IndexReport[]> {
  const { wave, questionnaire, registry, guard } = inputs
  const blocks = yield* protectRelease(releaseGroups(inputs), questionnaire, guard)
  const { kindOf } = registryOf(registry)
  return AGGREGATION_RULES.map((rule) => {
    const frame = { reader: 'public', rule, wave, questionnaire, breakdown: 'unit', selection: WHOLE } as const
    return withStandings(indexReportOf(blocks, frame), kindOf)
  })
}
