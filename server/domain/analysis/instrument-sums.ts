import type { Answers } from '../questionnaire/definition.js'
import { type CrossSums, createCrossSums } from '../statistics/instruments/cross-sums.js'
import type { AnalysisPlan } from './analysis-plan.js'
import { createFactorScores, type FactorPattern, scoreIn } from './factor-scores.js'
import { countJointly, emptyJointCounts, type JointCounts } from './joint-counts.js'

/** What correlations and reliability are computed from. */
export interface InstrumentSums {
  /** By criterion: its scores against those of the overall item. */
  readonly joint: ReadonlyMap<string, JointCounts>
  /** By factor: over the respondents who rated all its items. */
  readonly scales: ReadonlyMap<string, CrossSums>
  readonly factorPatterns: readonly FactorPattern[]
}

/** Starts sums over no respondent; all are whole numbers, so the order of the respondents does not matter. */
export function createInstrumentSums(plan: Pick<AnalysisPlan, 'criteria' | 'overall' | 'factors'>) {
  const { criteria, overall, factors } = plan
  const joint = criteria.map(({ item }) => ({ item, counts: emptyJointCounts() }))
  const scales = factors.map((factor) => ({ factor, sums: createCrossSums(factor.items.length) }))
  const scores = createFactorScores(plan)

  function addToJoint(answers: Answers): void {
    const outcome = overall === null ? null : scoreIn(answers, overall)
    if (outcome === null) return
    for (const { item, counts } of joint) {
      const score = scoreIn(answers, item)
      if (score !== null) countJointly(counts, score, outcome)
    }
  }

  return {
    add(answers: Answers): void {
      addToJoint(answers)
      for (const { factor, sums } of scales) {
        const values = factor.items.map((item) => scoreIn(answers, item))
        if (values.every((value) => value !== null)) sums.add(values)
      }
      scores.add(answers)
    },
    result: (): InstrumentSums => ({
      joint: new Map(joint.map(({ item, counts }) => [item.code, [...counts]])),
      scales: new Map(scales.map(({ factor, sums }) => [factor.code, sums.result()])),
      factorPatterns: scores.result(),
    }),
  }
}
