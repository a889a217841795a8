import { bootstrapWeights } from '../statistics/estimation/bootstrap.js'
import type { ValueInterval } from '../statistics/estimation/mean-interval.js'
import { createSampleDesign } from '../statistics/estimation/sample-design.js'
import { createSeededStream, GENERATOR } from '../statistics/random/seeded-stream.js'
import { computeMethod } from './compute-method.js'
import type { Method } from './method.js'
import { countsOfCases, type MethodCase, type MethodData, type UnitAnswers } from './method-data.js'
import type { MethodFigure, MethodOutcome } from './method-result.js'

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
 * one-sided and rather too short.
 *
 * @param data units with their cases; the counts are taken from the cases
 * @param settings at least 2 replicates, 1000 for a published interval; the seed names the stream
 * @returns interval `null` where fewer than half of the replicates have the figure
 * @throws {RangeError} when a unit has no cases, or fewer than 2 replicates are asked for
 * @see methodology 2.3
 */
export function bootstrapMethod(method: Method, data: MethodData, settings: BootstrapSettings): BootstrapOutcome {
  const { replicates, seed } = settings
  if (!(replicates >= 2)) throw new RangeError(`Bootstrap needs at least 2 replicates, got ${replicates}`)
  const cases = data.units.map(casesOf)
  const sample = { ...data, units: data.units.map((unit, u) => ({ ...unit, items: countsOfCases(cases[u]!) })) }
  const bootstrap = { ...settings, generator: GENERATOR }
  const outcome = computeMethod(method, sample)
  if (outcome.kind !== 'computed') return { ...outcome, bootstrap }
  const design = createSampleDesign(cases.flat().map(({ respondent }) => ({ weight: 1, cluster: respondent })))
  const stream = createSeededStream(seed)
  const drawn = new Map<string, number[]>()
  const excluded = outcome.units.map(({ index }) => new Set(index.flags.below_min_base))
  const eligible = keepEligible(method, data, excluded)
  const open = withoutMinBase(method)
  for (let replicate = 0; replicate < replicates; replicate++) {
    const units = resample(sample.units, cases, bootstrapWeights(design, stream)).map(eligible)
    collect(computeMethod(open, { ...data, units }), drawn)
  }
  return {
    ...outcome,
    units: outcome.units.map((unit) => ({ ...unit, index: withIntervals(unit.index, unit.unit, drawn, replicates) })),
    bootstrap,
  }
}

function casesOf({ unit, cases }: UnitAnswers): readonly MethodCase[] {
  if (cases === undefined || cases.length === 0) throw new RangeError(`Bootstrap needs the cases of unit ${unit}`)
  return cases
}

/** Units in the order of their cases in the design. */
function resample(
  units: readonly UnitAnswers[],
  cases: readonly (readonly MethodCase[])[],
  weights: readonly number[],
) {
  let start = 0
  return units.map(({ unit, block }, u): UnitAnswers => {
    const first = start
    start += cases[u]!.length
    return { unit, block, items: countsOfCases(cases[u]!, (position) => weights[first + position]!) }
  })
}

/** A rater drawn more or less often must not move a unit in or out of the comparison. */
function withoutMinBase(method: Method): Method {
  const { standardisation } = method
  return standardisation === undefined
    ? method
    : { ...method, standardisation: { ...standardisation, minBase: Number.MIN_VALUE } }
}

function keepEligible(method: Method, { questionnaire }: MethodData, excluded: readonly ReadonlySet<string>[]) {
  const fit = method.fits.find(
    (one) => one.questionnaire === questionnaire?.id && one.versions.includes(questionnaire.version),
  )
  return (unit: UnitAnswers, u: number): UnitAnswers => {
    const items = new Set([...(excluded[u] ?? [])].map((code) => (fit === undefined ? code : fit.items[code])))
    return { ...unit, items: Object.fromEntries(Object.entries(unit.items).filter(([item]) => !items.has(item))) }
  }
}

const keyOf = (unit: string, code: string) => `${unit} ${code}`

function collect(outcome: MethodOutcome, drawn: Map<string, number[]>): void {
  if (outcome.kind !== 'computed') return
  const visit = (unit: string, { code, value, parts }: MethodFigure) => {
    const key = keyOf(unit, code)
    const values = drawn.get(key)
    if (value !== null && values !== undefined) values.push(value)
    else if (value !== null) drawn.set(key, [value])
    for (const part of parts) visit(unit, part)
  }
  for (const { unit, index } of outcome.units) visit(unit, index)
}

function withIntervals(
  figure: MethodFigure,
  unit: string,
  drawn: ReadonlyMap<string, number[]>,
  replicates: number,
): MethodFigure {
  const values = drawn.get(keyOf(unit, figure.code)) ?? []
  const interval = figure.value === null || values.length < replicates / 2 ? null : percentileInterval(values)
  return { ...figure, interval, parts: figure.parts.map((part) => withIntervals(part, unit, drawn, replicates)) }
}

function percentileInterval(values: readonly number[]): ValueInterval {
  const sorted = [...values].sort((a, b) => a - b)
  return { low: quantile(sorted, 0.025), high: quantile(sorted, 0.975) }
}

/** Linear between neighbours, type 7 of Hyndman and Fan (1996). */
function quantile(sorted: readonly number[], share: number): number {
  const position = share * (sorted.length - 1)
  const below = Math.floor(position)
  const low = sorted[below]!
  return low + (position - below) * ((sorted[below + 1] ?? low) - low)
}
