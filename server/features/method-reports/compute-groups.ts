import { EMPTY_TALLY } from '../../domain/index/tally.js'
import { type BootstrapSettings, bootstrapSteps } from '../../domain/method/bootstrap-method.js'
import { countsOfTables, mergeItemCounts } from '../../domain/method/case-table.js'
import { computeMethod } from '../../domain/method/compute-method.js'
import type { Method } from '../../domain/method/method.js'
import type { MethodOutcome, UnitFigures } from '../../domain/method/method-result.js'
import type { ComputedGroup } from '../../domain/method-report/build-method-report.js'
import type { Questionnaire } from '../../domain/questionnaire/definition.js'
import { type ReportGroup, unitGroups } from '../../domain/report/report-group.js'
import type { Wave } from '../../domain/survey/wave.js'
import type { CollectedUnit } from './collect-cases.js'
import type { MethodReportNeeds } from './needs.js'
import { pause } from './pause.js'

/** Everything groups are computed from. */
export interface CollectedWave {
  readonly wave: Wave
  readonly questionnaire: Pick<Questionnaire, 'id' | 'version'>
  readonly method: Method
  readonly units: ReadonlyMap<string, CollectedUnit>
  readonly registry: MethodReportNeeds['registry']
}

/** Every unit of the wave and each roll-up above, pooled over respondents: one after the other, with pauses. */
export async function computePooled(collected: CollectedWave): Promise<readonly ComputedGroup[]> {
  const { wave, units, registry } = collected
  const frame = { service: null, period: { from: null, to: null } }
  const parts = wave.unitUids.map((key) => {
    const unit = units.get(key)
    const counts = { received: unit?.receivedCount ?? 0, responses: unit?.cases.size ?? 0 }
    return { key, tally: { ...EMPTY_TALLY, ...counts } }
  })
  const groups = unitGroups(parts, registry, wave.referenceOn, registry.cityUid, frame)
  const byKey = new Map(groups.map((group) => [group.key, group]))
  const membersOf = (group: ReportGroup): readonly string[] =>
    group.scope === 'unit' ? [group.unitUid] : group.parts.flatMap((key) => membersOf(byKey.get(key)!))
  const counts = new Map<string, ReturnType<typeof countsOfTables>>()
  for (const [uid, { cases }] of units) {
    counts.set(uid, countsOfTables([cases]))
    await pause()
  }
  const computed: ComputedGroup[] = []
  for (const group of groups) {
    const members = membersOf(group)
    const items = mergeItemCounts(members.map((uid) => counts.get(uid) ?? {}))
    computed.push(pooledGroup(group, members, items, collected))
    await pause()
  }
  return computed
}

function pooledGroup(
  group: ReportGroup,
  uids: readonly string[],
  items: ReturnType<typeof countsOfTables>,
  collected: CollectedWave,
): ComputedGroup {
  const { method, questionnaire, units } = collected
  const { key, scope, unitUid, unitName, parts, tally } = group
  const cases = uids.flatMap((uid) => units.get(uid)?.cases ?? [])
  const unit = { unit: key, block: 'all', items, cases }
  const [figures] = tally.responses === 0 ? [] : figuresOf(computeMethod(method, { questionnaire, units: [unit] }))
  const counts = { receivedCount: tally.received, responseCount: tally.responses }
  return {
    key,
    scope: scope as ComputedGroup['scope'],
    unitUid,
    unitName,
    block: null,
    parts,
    ...counts,
    figures: figures ?? null,
  }
}

/** Every unit that a block of the method has, scored among its block; no roll-up. */
export async function computeScored(
  { wave, questionnaire, method, units, registry }: CollectedWave,
  settings: BootstrapSettings,
): Promise<readonly ComputedGroup[]> {
  const members = wave.unitUids.flatMap((uid) => {
    const block = blockOf(uid, method, registry)
    return block === undefined ? [] : [{ uid, block }]
  })
  const answered = members.flatMap(({ uid, block }) => {
    const cases = units.get(uid)?.cases
    return cases === undefined || cases.size === 0 ? [] : [{ unit: uid, block, items: {}, cases: [cases] }]
  })
  const figures = new Map<string, UnitFigures>()
  if (answered.length > 0) {
    const steps = bootstrapSteps(method, { questionnaire, units: answered }, settings)
    let step = steps.next()
    while (!step.done) {
      await pause()
      step = steps.next()
    }
    for (const one of figuresOf(step.value)) figures.set(one.unit, one)
  }
  return members.map(({ uid, block }) => ({
    key: `unit ${uid}`,
    scope: 'unit',
    unitUid: uid,
    unitName: registry.nameOf(uid, wave.referenceOn),
    block: method.blocks === undefined ? null : block,
    parts: [],
    receivedCount: units.get(uid)?.receivedCount ?? 0,
    responseCount: units.get(uid)?.cases.size ?? 0,
    figures: figures.get(uid) ?? null,
  }))
}

function blockOf(uid: string, { blocks }: Method, registry: MethodReportNeeds['registry']): string | undefined {
  if (blocks === undefined) return 'all'
  const kind = registry.byUid(uid)?.kind
  return blocks.find(({ kinds }) => kind !== undefined && kinds.includes(kind))?.code
}

function figuresOf(outcome: MethodOutcome): readonly UnitFigures[] {
  // The fit was looked up before anything was read.
  if (outcome.kind !== 'computed') throw new RangeError(`Method ${outcome.method.id} does not fit`)
  return outcome.units
}
