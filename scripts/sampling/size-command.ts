import {
  clusterDesignEffect,
  cochranSize,
  inflateSize,
  marginOfSize,
  PLANNING_Z,
  sizeForPopulation,
  slovinSize,
  wholeCases,
} from '../../server/domain/statistics/sampling/sample-size.js'
import { numberOf, oneOf, readCommandLine } from '../analysis/command-line.js'

const OPTIONS = {
  margin: { type: 'string' },
  size: { type: 'string' },
  formula: { type: 'string' },
  share: { type: 'string' },
  population: { type: 'string' },
  'design-effect': { type: 'string' },
  'cluster-size': { type: 'string' },
  icc: { type: 'string' },
  'response-rate': { type: 'string' },
} as const

const isShare = (value: number) => value > 0 && value <= 1
const isInnerShare = (value: number) => value > 0 && value < 1
const isCount = (value: number) => Number.isInteger(value) && value >= 1

type Values = NonNullable<ReturnType<typeof readCommandLine<typeof OPTIONS>>>

function read(values: Values) {
  const margin = numberOf(
    values.margin,
    'margin',
    isInnerShare,
    'a share between 0 and 1, for example 0.05 for ±5 points',
  )
  const size = numberOf(values.size, 'size', isCount, 'a whole number of answers, for example 385')
  if ((margin === undefined) === (size === undefined)) {
    throw new Error('Give either --margin, to learn the size, or --size, to learn the margin')
  }
  return {
    margin,
    size,
    formula: oneOf(values.formula, 'formula', ['cochran', 'slovin']) ?? 'cochran',
    share: numberOf(values.share, 'share', isInnerShare, 'the share expected, between 0 and 1') ?? 0.5,
    population: numberOf(values.population, 'population', isCount, 'a whole number of cases'),
    designEffect: designEffectOf(values),
    responseRate: numberOf(values['response-rate'], 'response-rate', isShare, 'a share above 0 up to 1') ?? 1,
  }
}

function designEffectOf(values: Values): number {
  const given = numberOf(values['design-effect'], 'design-effect', (value) => value > 0, 'a number above 0')
  const clusterSize = numberOf(
    values['cluster-size'],
    'cluster-size',
    (value) => value >= 1,
    'answers a cluster, from 1',
  )
  const icc = numberOf(values.icc, 'icc', (value) => value >= 0 && value <= 1, 'a number from 0 to 1, for example 0.02')
  if ((clusterSize === undefined) !== (icc === undefined)) throw new Error('--cluster-size and --icc go together')
  if (clusterSize === undefined || icc === undefined) return given ?? 1
  if (given !== undefined) throw new Error('Give --design-effect, or --cluster-size and --icc, not both')
  return clusterDesignEffect(clusterSize, icc)
}

const sized = (exact: number) => ({ exact, whole: wholeCases(exact) })

/** `sample size`: how many answers a margin takes, or what margin so many answers give; `null` when help is asked for. */
export function sizeCommand(args: readonly string[]): object | null {
  const values = readCommandLine(OPTIONS, args)
  if (values === null) return null
  const { margin, size, formula, share, population, designEffect, responseRate } = read(values)
  const assumed = { z: PLANNING_Z, share, population: population ?? null, designEffect, responseRate }
  if (margin === undefined) {
    if (formula === 'slovin' || population !== undefined || responseRate !== 1) {
      throw new Error('--size goes with --share and a design effect alone')
    }
    const effective = size! / designEffect
    return { ...assumed, answers: size, effectiveAnswers: effective, margin: marginOfSize(effective, share) }
  }
  if (formula === 'slovin') {
    if (population === undefined) throw new Error("Slovin's formula needs --population")
    if (share !== 0.5) throw new Error("Slovin's formula has no --share; it takes one half")
    const answers = slovinSize(population, margin)
    // Slovin's is Cochran's with z = 2 and one half.
    return { formula, margin, ...assumed, z: 2, ...handedOut(answers, designEffect, responseRate) }
  }
  const unlimited = cochranSize(margin, share)
  const answers = population === undefined ? unlimited : sizeForPopulation(unlimited, population)
  return { formula, margin, ...assumed, unlimited: sized(unlimited), ...handedOut(answers, designEffect, responseRate) }
}

const handedOut = (answers: number, designEffect: number, responseRate: number) => ({
  /** Of a simple random sample. */
  answers: sized(answers),
  toHandOut: sized(inflateSize(answers, designEffect, responseRate)),
})
