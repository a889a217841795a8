import { covers, type Scope } from '../../domain/access/scope.js'
import type { AggregationRule } from '../../domain/index/aggregate.js'
import type { PublishedQuestionnaire } from '../../domain/questionnaire/definition.js'
import { type ComparedLine, compareBlocks } from '../../domain/report/compare-blocks.js'
import type { IndexReport, ReportBlock } from '../../domain/report/index-report.js'
import { breaksBetween, type JoinedPlace, type SeriesBreak } from '../../domain/series/series-breaks.js'
import type { Localized } from '../../domain/survey/vocabulary.js'
import type { Wave } from '../../domain/survey/wave.js'
import type { UnitRegistry } from '../../domain/units/unit.js'
import { problem } from '../../platform/problem.js'
import type { GetIndexReport } from '../index-reports/index.js'

/** What is compared: a unit, an area or the city in a wave. */
export interface WantedSide {
  readonly waveId: string
  /** `null`: the city. */
  readonly unitUid: string | null
}

export interface ComparisonQuery {
  readonly first: WantedSide
  readonly second: WantedSide
  readonly rule: AggregationRule
}

/** A side as found. */
export interface Side {
  readonly wave: Wave
  readonly unitUid: string
  readonly name: Localized
  /** `null`: the wave has no such unit or area. */
  readonly block: ReportBlock | null
}

/** Why two sides are no two measurements of one kind. */
export type Obstacle =
  | 'same'
  /** One holds the other: the same people would be on both sides. */
  | 'overlap'
  | 'modes'
  | 'respondents'
  | 'simulated'
  | Exclude<SeriesBreak['kind'], 'gap' | 'instrument'>

export interface Comparison {
  readonly first: Side
  readonly second: Side
  readonly rule: AggregationRule
  readonly report: IndexReport
  readonly obstacles: readonly Obstacle[]
  /** Empty where an obstacle stands between the two. */
  readonly lines: readonly ComparedLine[]
}

/** What comparisons are made from. */
export interface ComparisonNeeds {
  readonly waves: { byId(id: string): Promise<Wave | undefined> }
  readonly questionnaires: {
    byHash(hash: string): Promise<PublishedQuestionnaire | undefined> | PublishedQuestionnaire | undefined
  }
  readonly registry: UnitRegistry
  readonly getIndexReport: GetIndexReport
}

/**
 * Compares two sides by the reports of their whole waves, which readers have seen first of all: no new choice of filters, so
 * nothing new to subtract.
 *
 * @throws {Problem} 404 when a wave or unit is unknown, or the whole waves do not lie in the scope
 */
export type GetComparison = (scope: Scope, query: ComparisonQuery) => Promise<Comparison>

const WHOLE = {
  unitUid: null,
  kinds: [],
  service: null,
  period: { from: null, to: null },
  breakdown: 'unit',
} as const

/** Binds the use case to where things are kept. */
export function makeGetComparison(needs: ComparisonNeeds): GetComparison {
  return async (scope, { first, second, rule }) => {
    if (!covers(scope, { unitUids: null, services: null, period: WHOLE.period })) throw problem.outsideScope('wave')
    const [a, b] = [await sideOf(needs, scope, first, rule), await sideOf(needs, scope, second, rule)]
    const sides = { first: a.side, second: b.side, rule, report: b.report }
    const obstacles = obstaclesBetween(needs.registry, a, b, rule)
    const [before, after] = [a.side.block, b.side.block]
    if (obstacles.length > 0 || before === null || after === null) return { ...sides, obstacles, lines: [] }
    const compared = ({ side, questionnaire }: Found, block: ReportBlock) => ({
      block,
      questionnaire: questionnaire.questionnaire,
      opensOn: side.wave.opensOn,
    })
    return { ...sides, obstacles, lines: compareBlocks(compared(a, before), compared(b, after), rule) }
  }
}

interface Found {
  readonly side: Side
  readonly questionnaire: PublishedQuestionnaire
  readonly report: IndexReport
}

async function sideOf(
  { waves, questionnaires, registry, getIndexReport }: ComparisonNeeds,
  scope: Scope,
  { waveId, unitUid }: WantedSide,
  rule: AggregationRule,
): Promise<Found> {
  const wave = await waves.byId(waveId)
  if (wave === undefined) throw problem.notFound('wave')
  const uid = unitUid ?? registry.cityUid
  if (registry.byUid(uid) === undefined) throw problem.notFound('unit')
  const questionnaire = await questionnaires.byHash(wave.questionnaireHash)
  if (questionnaire === undefined) throw new Error(`Wave ${wave.id} names a questionnaire that is not published`)
  const report = await getIndexReport(scope, { ...WHOLE, waveId, rule })
  const blocks = report.blocks.filter(({ group, rollup }) => group.unitUid === uid && rollup !== 'simple_mean')
  // A unit that is an area too has two rows: its own comes last.
  const block = blocks.at(-1) ?? null
  const name = registry.nameOf(uid, wave.referenceOn)
  return { side: { wave, unitUid: uid, name, block }, questionnaire, report }
}

function obstaclesBetween(registry: UnitRegistry, a: Found, b: Found, rule: AggregationRule): readonly Obstacle[] {
  const [first, second] = [a.side, b.side]
  const found: Obstacle[] = []
  if (first.wave.respondentType !== second.wave.respondentType) found.push('respondents')
  if (first.wave.mode !== second.wave.mode) found.push('modes')
  if (first.wave.isSimulated !== second.wave.isSimulated) found.push('simulated')
  if (first.wave.id === second.wave.id) return [...found, ...withinWave(registry, first, second)]
  if (first.unitUid !== second.unitUid) return found
  const [older, newer] = first.wave.referenceOn <= second.wave.referenceOn ? [a, b] : [b, a]
  const frame = { registry, unitUid: first.unitUid, line: { level: 'overall', code: 'overall' }, rule } as const
  // What changed in the questions is told line by line.
  const breaks = breaksBetween(placeOf(registry, older), placeOf(registry, newer), frame).map(({ kind }) => kind)
  return [...found, ...new Set(breaks.filter((kind) => kind !== 'instrument' && kind !== 'gap'))]
}

function withinWave(registry: UnitRegistry, first: Side, second: Side): readonly Obstacle[] {
  if (first.unitUid === second.unitUid) return ['same']
  const holds = (one: Side, other: Side) =>
    one.unitUid === registry.cityUid ||
    registry.subtreeOf(one.unitUid, one.wave.referenceOn).some(({ uid }) => uid === other.unitUid)
  return holds(first, second) || holds(second, first) ? ['overlap'] : []
}

function placeOf(registry: UnitRegistry, { side, questionnaire }: Found): JoinedPlace {
  const { wave, unitUid } = side
  return {
    questionnaire,
    isAsked: true,
    referenceOn: wave.referenceOn,
    period: { from: wave.opensOn, to: wave.closesOn },
    isMonth: false,
    basis: { kind: 'as_was', missing: [] },
    measured: unitUid === registry.cityUid ? wave.unitUids : [unitUid],
    serviceCodes: wave.serviceCodes,
  }
}
