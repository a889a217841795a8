import { covers, type Scope } from '../../domain/access/scope.js'
import { DISCLOSURE_POLICIES } from '../../domain/disclosure/policy.js'
import type { PublishedQuestionnaire } from '../../domain/questionnaire/definition.js'
import { buildSeries } from '../../domain/series/build-series.js'
import type { Series } from '../../domain/series/series.js'
import type { SeriesWave } from '../../domain/series/series-places.js'
import { originsInWave, type WaveOrigins } from '../../domain/series/wave-origins.js'
import { MODES_BY_INDEPENDENCE, type Mode } from '../../domain/survey/vocabulary.js'
import type { Wave } from '../../domain/survey/wave.js'
import type { Unit, UnitRegistry } from '../../domain/units/unit.js'
import { keepByState } from '../../platform/keep-by-state.js'
import { problem } from '../../platform/problem.js'
import type { Tallies } from '../tallies/index.js'
import type { SeriesQuery } from './series-query.js'

/** What series are made from. */
export interface SeriesNeeds {
  readonly waves: { list(): Promise<readonly Wave[]> }
  readonly questionnaires: {
    byHash(hash: string): Promise<PublishedQuestionnaire | undefined> | PublishedQuestionnaire | undefined
  }
  readonly registry: UnitRegistry
  readonly tallies: Pick<Tallies, 'read' | 'stateOf'>
}

/** A wave about the unit in another mode: a line of its own, never joined to this one. */
export interface OtherMode {
  readonly mode: Mode
  readonly waves: readonly Wave[]
}

/** A series, or why there is none. */
export type SeriesOutcome = { readonly unit: Unit; readonly query: SeriesQuery } & (
  | { readonly kind: 'series'; readonly mode: Mode; readonly others: readonly OtherMode[]; readonly series: Series }
  /** The unit does not exist on the day of the map: counts are not told backward, and not onto what has ended. */
  | { readonly kind: 'not_on_map'; readonly on: string }
  /** No wave of these respondents and this mode asks about the unit, or about the line. */
  | { readonly kind: 'no_wave' | 'no_line'; readonly others: readonly OtherMode[] }
)

/**
 * Makes a series from tallies that hold every response marked before the call.
 *
 * @throws {Problem} 404 when the unit is unknown, or it or a unit it is told from lies outside the scope
 */
export type GetSeries = (scope: Scope, query: SeriesQuery) => Promise<SeriesOutcome>

/** Of half a megabyte each. */
const KEPT_SERIES = 50

/** Binds the use case to where things are kept. */
export function makeGetSeries(needs: SeriesNeeds): GetSeries {
  const { registry } = needs
  const keep = keepByState<Series | null>(KEPT_SERIES)
  return async (scope, query) => {
    const unit = registry.byUid(query.unitUid)
    if (unit === undefined) throw problem.notFound('unit')
    const common = { unit, query }
    const { map } = query
    if (map.kind === 'mapped' && !registry.isValid(unit.uid, map.on)) {
      return { ...common, kind: 'not_on_map', on: map.on }
    }
    const asked = await askedWaves(needs, query)
    checkScope(needs, scope, unit.uid, asked)
    const mode = query.mode ?? MODES_BY_INDEPENDENCE.find((one) => asked.some(({ wave }) => wave.mode === one))
    const own = asked.filter(({ wave }) => wave.mode === mode)
    const others = otherModes(asked.filter(({ wave }) => wave.mode !== mode).map(({ wave }) => wave))
    if (mode === undefined || own.length === 0) return { ...common, kind: 'no_wave', others }
    const states: string[] = []
    for (const { wave } of own) states.push(await needs.tallies.stateOf(wave.id))
    const madeFrom = JSON.stringify([states, own.map(({ wave }) => wave)])
    // Whoever comes so far may read all that it is made of: it is the same for each of them.
    const series = await keep(JSON.stringify({ ...query, mode }), madeFrom, async () => {
      const waves: SeriesWave[] = []
      for (const one of own) waves.push(await countedWave(needs, scope, one))
      return buildSeries({ ...query, registry, policy: DISCLOSURE_POLICIES.internal, waves })
    })
    return series === null
      ? { ...common, kind: 'no_line', others }
      : { ...common, kind: 'series', mode, others, series }
  }
}

interface AskedWave {
  readonly wave: Wave
  readonly origins: WaveOrigins
}

/** Waves of the respondents wanted that say something of the unit on the map, in whatever mode. */
async function askedWaves(
  { waves, registry }: SeriesNeeds,
  { unitUid, respondentType, map }: SeriesQuery,
): Promise<readonly AskedWave[]> {
  const alike = (await waves.list()).filter((wave) => wave.respondentType === respondentType)
  return alike.flatMap((wave) => {
    const origins = originsInWave(registry, unitUid, wave, map)
    return origins === null ? [] : [{ wave, origins }]
  })
}

function checkScope({ registry }: SeriesNeeds, scope: Scope, unitUid: string, asked: readonly AskedWave[]): void {
  const measured = asked.flatMap(({ origins }) => origins.parts.flatMap((part) => part.measured))
  const unitUids = unitUid === registry.cityUid ? null : [unitUid, ...measured]
  if (!covers(scope, { unitUids, services: null, period: { from: null, to: null } })) throw problem.outsideScope('unit')
}

function otherModes(waves: readonly Wave[]): readonly OtherMode[] {
  return MODES_BY_INDEPENDENCE.map((mode) => ({ mode, waves: waves.filter((wave) => wave.mode === mode) })).filter(
    ({ waves: own }) => own.length > 0,
  )
}

/** Always the whole wave by month: what is hidden must not depend on the period somebody asks for. */
async function countedWave(
  { questionnaires, tallies }: SeriesNeeds,
  scope: Scope,
  { wave, origins }: AskedWave,
): Promise<SeriesWave> {
  const questionnaire = await questionnaires.byHash(wave.questionnaireHash)
  if (questionnaire === undefined) throw new Error(`Wave ${wave.id} names a questionnaire that is not published`)
  const counts = await Promise.all(
    origins.parts.map(async ({ uid, measured }) => {
      const period = { from: null, to: null }
      const parts = await tallies.read(scope, { wave, unitUids: measured, service: null, period, by: 'month' })
      return [uid, new Map(parts.map(({ key, tally }) => [key, tally]))] as const
    }),
  )
  return { wave, questionnaire, origins, counts: new Map(counts) }
}
