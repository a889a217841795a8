import { createSeededStream, GENERATOR } from '../statistics/random/seeded-stream.js'
import { countsOfTables } from './case-table.js'
import { computeMethod } from './compute-method.js'
import { measureAbsolutely } from './measure-unit.js'
import { fitOf, type Method } from './method.js'
import type { MethodData, UnitAnswers } from './method-data.js'
import type { MethodOutcome, UnitFigures } from './method-result.js'
import { replicateBlocks, scoreReplicate } from './replicate-values.js'
import { collectReplicates } from './replicates.js'
import { createResampler } from './resample-cases.js'

/** How the replicates were drawn: enough to repeat them. */
export interface BootstrapSettings {
  readonly replicates: number
  readonly seed: string
}

/** Figures with bootstrap intervals, and what is needed to repeat them. */
export type BootstrapOutcome = MethodOutcome & {
  readonly bootstrap: BootstrapSettings & { readonly generator: string }
}

/**
 * Computes a method whose scores hang on other units, with 95 % intervals by resampling respondents.
 *
 * Respondents are drawn with replacement with all they said about any unit; everything, the ends of every scale
 * included, is worked out again in each replicate; the interval runs from the 2.5 % to the 97.5 % point. Which units take
 * part is settled by the sample itself. The unit at an end of a scale stays there in most replicates, so its interval is
 * one-sided and rather too short. Each unit's rank is worked out again too.
 *
 * @param data units with their cases; the counts are taken from the cases
 * @param settings at least 2 replicates, 1000 for a published interval; the seed names the stream
 * @returns interval `null` where fewer than half of the replicates have the figure
 * @throws {RangeError} when a unit has no cases, fewer than 2 replicates are asked for, or scores do not hang on other units
 * @see methodology 2.3
 */
export function bootstrapMethod(method: Method, data: MethodData, settings: BootstrapSettings): BootstrapOutcome {
  const steps = bootstrapSteps(method, data, settings)
  let step = steps.next()
  while (!step.done) step = steps.next()
  return step.value
}

/**
 * The same in steps of one replicate, then of one unit, for callers that have other things to do meanwhile; yields the
 * replicates done.
 *
 * @throws {RangeError} at the first step, as `bootstrapMethod`
 */
export function* bootstrapSteps(
  method: Method,
  data: MethodData,
  settings: BootstrapSettings,
): Generator<number, BootstrapOutcome> {
  const { replicates, seed } = settings
  const { standardisation } = method
  if (standardisation === undefined) throw new RangeError(`Method ${method.id} has other intervals than by bootstrap`)
  if (!(replicates >= 2)) throw new RangeError(`Bootstrap needs at least 2 replicates, got ${replicates}`)
  const cases = data.units.map(casesOf)
  const units = data.units.map((unit, u) => ({ ...unit, items: countsOfTables(cases[u]!) }))
  const bootstrap = { ...settings, generator: GENERATOR }
  const outcome = computeMethod(method, { ...data, units })
  if (outcome.kind !== 'computed') return { ...outcome, bootstrap }
  const fit = data.questionnaire === null ? undefined : fitOf(method, data.questionnaire)
  const measured = measureAbsolutely(method, fit?.items ?? null, units)
  const blocks = replicateBlocks(method, units)
  const resample = createResampler(method, cases, measured, blocks, createSeededStream(seed))
  const drawn = collectReplicates(outcome.units, blocks, replicates)
  for (let replicate = 1; replicate <= replicates; replicate++) {
    const scores = resample()
    for (const block of blocks) scoreReplicate(block, standardisation, scores)
    drawn.add(scores)
    yield replicate
  }
  const figures: UnitFigures[] = []
  for (const position of units.keys()) {
    figures.push(drawn.withIntervals(position))
    yield replicates
  }
  return { ...outcome, units: figures, bootstrap }
}

function casesOf({ unit, cases = [] }: UnitAnswers) {
  if (!cases.some(({ size }) => size > 0)) throw new RangeError(`Bootstrap needs the cases of unit ${unit}`)
  return cases
}
