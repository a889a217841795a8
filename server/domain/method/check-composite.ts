import type { Method, MethodComposite } from './method.js'
import { type MethodProblem, methodProblem } from './method-problem.js'

/** How far weights written with a few decimals may be from 1. */
const WEIGHTS_TOLERANCE = 1e-9

/** Contradictions of a composite and everything below it. */
export function checkComposite(
  composite: MethodComposite,
  path: MethodProblem['path'],
  method: Pick<Method, 'interval' | 'standardisation'>,
): readonly MethodProblem[] {
  const below = (composite.parts ?? []).flatMap((part, i) => checkComposite(part, [...path, 'parts', i], method))
  return [
    ...checkShape(composite, path),
    ...checkWeights(composite, path),
    ...checkScoring(composite, path, method),
    ...below,
  ]
}

function checkShape({ rule, parts, criteria, single }: MethodComposite, path: MethodProblem['path']) {
  const isSingle = rule === 'single_item'
  const hasBoth = parts !== undefined && criteria !== undefined
  const hasNone = parts === undefined && criteria === undefined
  return [
    ...(hasBoth || (hasNone && !isSingle) ? [methodProblem('parts_or_criteria', path)] : []),
    ...(isSingle && single === undefined ? [methodProblem('single_needed', [...path, 'rule'])] : []),
    ...(!isSingle && single !== undefined ? [methodProblem('single_unused', [...path, 'single'])] : []),
  ]
}

function checkWeights(composite: MethodComposite, path: MethodProblem['path']): readonly MethodProblem[] {
  const key = composite.parts === undefined ? 'criteria' : 'parts'
  const parts = composite.parts ?? composite.criteria ?? []
  const isWeighted = composite.rule === 'weighted_mean'
  const problems = parts.flatMap(({ weight }, i) => {
    if (isWeighted && weight === undefined) return [methodProblem('weight_needed', [...path, key, i])]
    return !isWeighted && weight !== undefined ? [methodProblem('weight_unused', [...path, key, i, 'weight'])] : []
  })
  if (!isWeighted || problems.length > 0) return problems
  const sum = parts.reduce((total, { weight }) => total + (weight ?? 0), 0)
  return Math.abs(sum - 1) > WEIGHTS_TOLERANCE ? [methodProblem('weights_sum', [...path, key], { value: sum })] : []
}

function checkScoring(
  { rule, multiplyBy }: MethodComposite,
  path: MethodProblem['path'],
  { interval, standardisation }: Pick<Method, 'interval' | 'standardisation'>,
): readonly MethodProblem[] {
  const isPercent = rule !== 'sum' && multiplyBy === 1
  return [
    ...(rule === 'pooled' && standardisation !== undefined
      ? [methodProblem('pooled_standardised', [...path, 'rule'])]
      : []),
    ...(interval.kind === 'wilson' && !isPercent ? [methodProblem('wilson_needs_percent', path)] : []),
  ]
}
