import type { Answers } from '../questionnaire/definition.js'
import type { QualityFlag } from '../statistics/instruments/quality-rules.js'
import type { Disposition } from '../survey/vocabulary.js'
import type { AnalysisCase } from './analysis-case.js'
import type { AnalysisPlan } from './analysis-plan.js'
import { caseFlagger, type QualityFrame } from './case-flags.js'
import { commentReader, type JudgedComment } from './comment-sums.js'

/** A case as it is counted: judged by the quality rules, its comment screened. What a release freezes holds no more. */
export interface JudgedCase {
  readonly disposition: Disposition
  readonly answers: Answers
  readonly flags: readonly QualityFlag[]
  readonly comment: JudgedComment | null
}

/** Makes what judges the cases of a wave. */
export function caseJudge(plan: AnalysisPlan, quality: QualityFrame): (one: AnalysisCase) => JudgedCase {
  const flagsIn = caseFlagger(plan, quality)
  const commentOf = commentReader(plan)
  return (one) => ({
    disposition: one.disposition,
    answers: one.answers,
    flags: flagsIn(one),
    comment: one.disposition === 'complete' ? commentOf(one) : null,
  })
}
