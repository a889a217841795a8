import { classify } from './classify.js'
import { partCoefficients } from './combine-parts.js'
import { compositeNode, criterionNode, type FigureNode, type UnitContext } from './figure-node.js'
import { type InfluenceTerm, scaledTerms } from './influence.js'
import { type MeasuredUnit, measureUnits } from './measure-unit.js'
import { fitOf, type Method, type MethodComposite, type MethodCriterion } from './method.js'
import type { MethodData, UnitAnswers } from './method-data.js'
import { type MethodOutcome, mergeFlags, type UnitFigures } from './method-result.js'

/**
 * Computes any method for any number of units: the one engine, which knows the named transformations and rules and no
 * method.
 *
 * Each criterion gets the mean of what its answers add; standardised among the units of its block where the method says
 * so; each composite follows from its parts by its rule. Intervals of composites need the cases (`UnitAnswers.cases`),
 * linearised with the respondent as cluster: V = n/(n−1) · Σ e², e = Σ coefficient · (score − figure)/answers.
 * Criteria that few answered add what their own spread does not show (`thinVariance`). Intervals of kind `bootstrap` come from
 * `bootstrapMethod`.
 *
 * @returns figures unrounded, units in the order given; a union variant when the questionnaire does not fit
 * @throws {RangeError} on counts below 0, or a method `checkMethod` would refuse
 * @see methodology 1.5, 2.3, 4.8
 */
export function computeMethod(method: Method, data: MethodData): MethodOutcome {
  const name = { id: method.id, version: method.version }
  const { questionnaire } = data
  const fit = questionnaire === null ? undefined : fitOf(method, questionnaire)
  if (questionnaire !== null && fit === undefined) {
    const known = method.fits.flatMap((one) => one.versions.map((version) => ({ id: one.questionnaire, version })))
    return { kind: 'unfit_questionnaire', method: name, known }
  }
  const measured = measureUnits(method, fit?.items ?? null, data.units)
  return { kind: 'computed', method: name, units: figuresOfUnits(method, data.units, measured) }
}

/** The figures of units whose criteria are measured, in their order. */
function figuresOfUnits(
  method: Method,
  units: readonly UnitAnswers[],
  measured: readonly MeasuredUnit[],
): readonly UnitFigures[] {
  return units.map((unit, position) => {
    const { figure } = nodeOf(method.index, measured[position]!, { method, unit })
    const index = { ...figure, class: classify(figure.value, method.classes ?? []) }
    return { unit: unit.unit, block: unit.block, index }
  })
}

type Part = { readonly weight?: number; readonly node: FigureNode }

function nodeOf(composite: MethodComposite, measured: MeasuredUnit, context: UnitContext): FigureNode {
  const { code, name, multiplyBy } = composite
  const parts = partsOf(composite, measured, context)
  const single = composite.single && leafOf(composite.single, measured, context)
  const figures = parts.map(({ node }) => node.figure)
  const combined =
    composite.rule === 'single_item'
      ? fromSingle(single)
      : composite.rule === 'pooled'
        ? fromPooled(composite, parts)
        : fromParts(composite, parts)
  const { value, terms } = combined
  const basis = composite.rule === 'single_item' ? (single ? [single] : []) : parts.map(({ node }) => node)
  return compositeNode(
    {
      code,
      name,
      value: value === null ? null : value * multiplyBy,
      terms: scaledTerms(terms, multiplyBy),
      leaves: basis.flatMap(({ leaves }) => leaves),
      flags: mergeFlags(basis.map(({ figure }) => figure.flags)),
      parts: single ? [single.figure, ...figures] : figures,
    },
    context,
  )
}

function partsOf(composite: MethodComposite, measured: MeasuredUnit, context: UnitContext): readonly Part[] {
  const applies = ({ blocks }: { readonly blocks?: readonly string[] }) =>
    blocks === undefined || blocks.includes(context.unit.block)
  const composites = (composite.parts ?? []).filter(applies)
  const criteria = (composite.criteria ?? []).filter(applies)
  return [
    ...composites.map((part) => ({ ...weightOf(part), node: nodeOf(part, measured, context) })),
    ...criteria.flatMap((part) => {
      const node = leafOf(part, measured, context)
      return node === undefined ? [] : [{ ...weightOf(part), node }]
    }),
  ]
}

const weightOf = ({ weight }: { readonly weight?: number }) => (weight === undefined ? {} : { weight })

function leafOf({ code }: MethodCriterion, measured: MeasuredUnit, context: UnitContext): FigureNode | undefined {
  const leaf = measured.get(code)
  return leaf && criterionNode(leaf, context)
}

interface Combined {
  readonly value: number | null
  readonly terms: readonly InfluenceTerm[]
}

const NO_VALUE: Combined = { value: null, terms: [] }

const fromSingle = (single: FigureNode | undefined): Combined =>
  single === undefined ? NO_VALUE : { value: single.figure.value, terms: single.terms }

function fromParts(composite: MethodComposite, parts: readonly Part[]): Combined {
  const values = parts.map((part) => ({ ...part, value: part.node.figure.value, answers: part.node.figure.answers }))
  const coefficients = partCoefficients(composite, values)
  if (coefficients === null) return NO_VALUE
  return {
    value: values.reduce((sum, { value }, position) => sum + (value ?? 0) * coefficients[position]!, 0),
    terms: parts.flatMap(({ node }, position) => scaledTerms(node.terms, coefficients[position]!)),
  }
}

/** Pooling looks through factors to the criteria: every answer counts alike, wherever it stands. */
function fromPooled(composite: MethodComposite, parts: readonly Part[]): Combined {
  const leaves = parts.flatMap(({ node }) => node.leaves)
  const values = leaves.map(({ measured }) => ({ value: measured.value, answers: measured.sums.answers }))
  if (partCoefficients(composite, values) === null) return NO_VALUE
  const answered = leaves.reduce((sum, { measured }) => sum + measured.sums.answers, 0)
  const value = leaves.reduce((sum, { measured }) => sum + measured.sums.total, 0) / answered
  return { value, terms: leaves.map((leaf) => ({ leaf, factor: 1 / answered, centre: value, isOwnMean: false })) }
}
