import type { Localized } from '../survey/vocabulary.js'
import { figureInterval, varianceOfInfluences } from './figure-interval.js'
import { type InfluenceSums, type InfluenceTerm, type Leaf, sumInfluences, thinVariance } from './influence.js'
import { scoreOfCriterion } from './measure-criterion.js'
import type { Measured } from './measure-unit.js'
import type { Method } from './method.js'
import type { UnitAnswers } from './method-data.js'
import type { FigureFlags, MethodFigure } from './method-result.js'

/** A figure with what its parents need to make theirs. */
export interface FigureNode {
  readonly figure: MethodFigure
  /** What respondents add to the linearised figure; empty without a value. */
  readonly terms: readonly InfluenceTerm[]
  /** The criteria below, for pooling. */
  readonly leaves: readonly Leaf[]
}

/** What is the same for every figure of one unit. */
export interface UnitContext {
  readonly method: Method
  readonly unit: UnitAnswers
}

/** The node of one criterion: its interval follows from the counts alone. */
export function criterionNode(measured: Measured, { method }: UnitContext): FigureNode {
  const { criterion, sums, absolute, value, flags } = measured
  const leaf: Leaf = { measured, scoreOf: (code) => scoreOfCriterion(code, criterion, method) }
  const n = sums.answers
  const spread = value === null ? 0 : Math.max(0, sums.squares - sums.total * value)
  const precision = { value: value ?? 0, variance: n < 2 ? null : spread / (n - 1) / n, answers: n, respondents: n }
  return {
    figure: {
      method: { id: method.id, version: method.version },
      code: criterion.code,
      name: criterion.name,
      value,
      absolute: method.standardisation === undefined ? null : absolute,
      base: n,
      answers: n,
      interval: value === null ? null : figureInterval(method.interval.kind, precision),
      class: null,
      flags,
      parts: [],
    },
    terms: value === null ? [] : [{ leaf, factor: 1 / n, centre: value, isOwnMean: true }],
    leaves: [leaf],
  }
}

/** What a composite is made of once its rule has been applied. */
export interface CompositeParts {
  readonly code: string
  readonly name: Localized
  readonly value: number | null
  readonly terms: readonly InfluenceTerm[]
  /** Criteria the value stands on. */
  readonly leaves: readonly Leaf[]
  readonly flags: FigureFlags
  readonly parts: readonly MethodFigure[]
}

function varianceOf(sums: InfluenceSums, terms: readonly InfluenceTerm[]): number | null {
  const linearised = varianceOfInfluences(sums)
  return linearised === null ? null : linearised + thinVariance(terms, sums.respondents)
}

/** The node of a composite: its base and interval need the cases, since one respondent answers several criteria. */
export function compositeNode(composite: CompositeParts, { method, unit }: UnitContext): FigureNode {
  const { code, name, value, terms, leaves, flags, parts } = composite
  const counted = leaves.filter(({ measured }) => measured.value !== null)
  const answers = counted.reduce((sum, { measured }) => sum + measured.sums.answers, 0)
  const sums = value === null || unit.cases === undefined ? null : sumInfluences(terms, unit.cases)
  const respondents = sums?.respondents ?? Math.max(0, ...counted.map(({ measured }) => measured.sums.answers))
  const precision = sums && { variance: varianceOf(sums, terms), answers, respondents }
  const interval = value === null || !precision ? null : figureInterval(method.interval.kind, { value, ...precision })
  return {
    figure: {
      method: { id: method.id, version: method.version },
      code,
      name,
      value,
      absolute: null,
      base: respondents,
      answers,
      interval,
      class: null,
      flags,
      parts,
    },
    terms,
    leaves,
  }
}
