import type { CaseContext, PublishedQuestionnaire } from '../../server/domain/questionnaire/definition.js'
import { validateAnswers } from '../../server/domain/questionnaire/validate-answers.js'
import type { NewResponse } from '../../server/domain/survey/response.js'
import type { Channel, IsoDay } from '../../server/domain/survey/vocabulary.js'
import type { Wave } from '../../server/domain/survey/wave.js'
import type { ServiceCatalogue } from '../../server/domain/units/service.js'
import type { Unit, UnitKind, UnitRegistry } from '../../server/domain/units/unit.js'
import { answerCase } from './answer-case.js'
import { createRandom, type Random } from './random.js'
import { drawRespondent } from './respondent.js'
import { drawTimes, drawTransactionOn, unitDays, weightedDays } from './timing.js'

/** What a simulated wave is made from. */
export interface SimulationInput {
  readonly seed: string
  readonly wave: Wave
  readonly published: PublishedQuestionnaire
  /** Responses wanted per unit of the wave. */
  readonly counts: ReadonlyMap<string, number>
  /** Collection so far: days up to, not including, this one. */
  readonly until: IsoDay
  readonly registry: Pick<UnitRegistry, 'byUid' | 'isValid' | 'validOn'>
  readonly services: Pick<ServiceCatalogue, 'offeredBy'>
}

/** Kinds in which people live or firms sit. */
const PLACE_KINDS: readonly UnitKind[] = ['phuong', 'xa', 'thi_tran', 'dac_khu']
/** Share of those who live where the agency is, if it is a ward. */
const LOCAL_SHARE = 0.8

/** A version 4 UUID from the stream, as a client would make it. */
function drawSubmissionId(random: Random): string {
  const hex = Array.from({ length: 32 }, () => random.below(16).toString(16))
  hex[12] = '4'
  hex[16] = '89ab'.charAt(random.below(4))
  const text = hex.join('')
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join('-')
}

function drawChannel(random: Random, wave: Wave): Channel {
  return wave.mode === 'web' && random.chance(0.4) ? 'finder' : 'link'
}

function contextOf({ wave, registry }: SimulationInput, unit: Unit, service: string, on: IsoDay): CaseContext {
  return {
    mode: wave.mode,
    unitUid: unit.uid,
    unitKind: unit.kind,
    service,
    on,
    isUnit: (uid, kinds) => {
      const place = registry.byUid(uid)
      return place !== undefined && kinds.includes(place.kind) && registry.isValid(uid, on)
    },
  }
}

function drawPlaces(random: Random, unit: Unit, places: readonly Unit[]): readonly string[] {
  const offered = places.filter(({ kind }) => kind !== 'thi_tran')
  const isLocal = offered.includes(unit) && random.chance(LOCAL_SHARE)
  return isLocal || offered.length === 0 ? [unit.uid] : [random.pick(offered).uid]
}

type Days = ReturnType<typeof weightedDays>

function simulateResponse(
  input: SimulationInput,
  random: Random,
  at: { readonly unit: Unit; readonly service: string; readonly days: Days; readonly placesOn: PlacesOn },
): NewResponse {
  const { wave, published } = input
  const day = random.weighted(at.days)
  const respondent = drawRespondent(random, wave.respondentType)
  const context = contextOf(input, at.unit, at.service, day)
  const occasion = { ...context, seed: input.seed, day, waveOpensOn: wave.opensOn }
  const places = drawPlaces(random, at.unit, at.placesOn(day))
  const raw = answerCase(random, { questionnaire: published.questionnaire, context, occasion, respondent, places })
  const outcome = validateAnswers(published.questionnaire, raw, context)
  if (outcome.kind !== 'valid') {
    throw new Error(`Simulated answers are ${outcome.kind} in ${wave.id}: ${JSON.stringify(outcome)}`)
  }
  return {
    submissionId: drawSubmissionId(random),
    waveId: wave.id,
    questionnaireHash: wave.questionnaireHash,
    consentVersion: published.questionnaire.consent.version,
    respondentType: wave.respondentType,
    unitUid: at.unit.uid,
    service: at.service,
    language: respondent.language,
    mode: wave.mode,
    channel: drawChannel(random, wave),
    transactionOn: drawTransactionOn(random, day, wave.mode, at.unit.validFrom),
    ...drawTimes(random, day, wave.mode),
    day,
    disposition: outcome.disposition,
    answers: outcome.answers,
    isSimulated: true,
  }
}

type PlacesOn = (day: IsoDay) => readonly Unit[]

/** Places by day, looked up once per month: the map of the city changes on first days only. */
function placesByMonth({ registry }: SimulationInput): PlacesOn {
  const known = new Map<string, readonly Unit[]>()
  return (day) => {
    const month = day.slice(0, 7)
    const places = known.get(month) ?? registry.validOn(day).filter(({ kind }) => PLACE_KINDS.includes(kind))
    known.set(month, places)
    return places
  }
}

function servicesOf({ wave, services }: SimulationInput, unit: Unit): readonly string[] {
  const offered = services.offeredBy(unit).map(({ code }) => code)
  return wave.serviceCodes.length === 0 ? offered : offered.filter((code) => wave.serviceCodes.includes(code))
}

/**
 * The simulated responses of a wave, unit by unit, one at a time.
 *
 * Pure given its input: the same seed gives the same responses in the same order. Every response is accepted by the
 * interpreter, lies in the wave's scope and field dates, and is marked as simulated.
 *
 * @throws {Error} when the interpreter refuses what was simulated: a fault of the simulation
 */
export function* simulateWave(input: SimulationInput): Generator<NewResponse> {
  const { wave, until, registry, seed } = input
  const isRunning = until < wave.closesOn
  const allDays = weightedDays(wave.opensOn, isRunning ? until : wave.closesOn, wave.mode)
  const placesOn = placesByMonth(input)
  if (allDays.length === 0) return
  for (const [uid, count] of input.counts) {
    const unit = registry.byUid(uid)
    const offered = unit ? servicesOf(input, unit) : []
    if (!unit || offered.length === 0) continue
    // A few services take most of a unit's visitors; which ones differs from unit to unit.
    const order = createRandom(`${seed}/${uid}/services`)
    const weights = offered.map((code) => [code, 0.01 + order.uniform() ** 6] as const)
    const days = unitDays(createRandom(`${seed}/${wave.id}/${uid}/days`), allDays, wave.mode)
    for (let i = 0; i < count; i++) {
      const random = createRandom(`${seed}/${wave.id}/${uid}/${i}`)
      yield simulateResponse(input, random, { unit, service: random.weighted(weights), days, placesOn })
    }
  }
}
