import { type AnalysisPlan, planOf } from '../../domain/analysis/analysis-plan.js'
import type { AnalysisRoles } from '../../domain/analysis/analysis-roles.js'
import type { CommentCode } from '../../domain/comments/code-comment.js'
import type { Questionnaire } from '../../domain/questionnaire/definition.js'

/** What items were for, by which words comments were told apart, and with what times were compared; `analysis.json`. */
export interface FrozenAnalysis {
  readonly roles: AnalysisRoles | null
  readonly topics: readonly CommentCode[]
  /** Of the whole wave. */
  readonly medianSeconds: number | null
}

/** What is counted, from what was frozen. */
export const planOfFrozen = (questionnaire: Questionnaire, { roles, topics }: FrozenAnalysis): AnalysisPlan =>
  planOf(questionnaire, roles, topics)
