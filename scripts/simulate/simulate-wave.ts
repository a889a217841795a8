import type { NewResponse } from '../../server/domain/survey/response.js'
import { frameMaker, type WaveToSimulate } from './case-frame.js'
import { type CityFacts, type CityModel, createCityModel } from './city-model.js'
import { honestCase, type SimulatedCase } from './honest-case.js'
import { planStuffing, type StuffingPlan, stuffedCase } from './stuffing.js'

/** A wave to simulate and how many answer at each of its units. */
export interface WaveInput extends WaveToSimulate {
  /** Honest responses wanted per unit of the wave; stuffed ones come on top. */
  readonly counts: ReadonlyMap<string, number>
}

/** What a simulated wave is made from. */
export interface SimulationInput extends WaveInput, CityFacts {}

/** Is told what was planted, as the cases of a unit begin. */
export type OnPlanted = (plan: StuffingPlan) => void

/**
 * The simulated cases of a wave, unit by unit, one at a time.
 *
 * Pure given its input: the same seed gives the same cases in the same order. Every response is one that the interpreter
 * accepts, lies in the wave's scope and field dates and in the life of its unit, and is marked as simulated.
 *
 * @throws {Error} when the interpreter refuses what was simulated: a fault of the simulation
 */
export function* simulateCases(model: CityModel, input: WaveInput, onPlanted?: OnPlanted): Generator<SimulatedCase> {
  const basis = { ...model, wave: input.wave, published: input.published }
  const frameOf = frameMaker(model, input)
  for (const [uid, count] of input.counts) {
    const unit = model.registry.byUid(uid)
    const frame = unit && count > 0 ? frameOf(unit) : undefined
    if (frame === undefined) continue
    for (let number = 0; number < count; number++) yield honestCase(basis, frame, number)
    const plan = planStuffing(basis, frame, count)
    if (plan === null) continue
    onPlanted?.(plan)
    for (let number = 0; number < plan.count; number++) yield stuffedCase(basis, frame, plan, count, number)
  }
}

/** The simulated responses of a wave; see `simulateCases`. */
export function* simulateWave(input: SimulationInput): Generator<NewResponse> {
  for (const { response } of simulateCases(createCityModel(input), input)) yield response
}
