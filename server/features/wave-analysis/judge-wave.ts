import type { AnalysisCase } from '../../domain/analysis/analysis-case.js'
import { type AnalysisPlan, planOf } from '../../domain/analysis/analysis-plan.js'
import type { AnalysisRoles } from '../../domain/analysis/analysis-roles.js'
import { caseJudge, type JudgedCase } from '../../domain/analysis/judge-case.js'
import { ALL_SERVICES } from '../../domain/analysis/sensitive-places.js'
import type { CommentCode } from '../../domain/comments/code-comment.js'
import type { PublishedQuestionnaire } from '../../domain/questionnaire/definition.js'
import { STANDARD_QUALITY_RULES } from '../../domain/statistics/instruments/quality-rules.js'
import type { Wave } from '../../domain/survey/wave.js'
import type { WaveAnalysisNeeds } from './get-wave-analysis.js'
import { readFrame, rolesOf, validityOf } from './read-frame.js'

/** How the cases of a wave are judged, and by what. */
export interface WaveJudge {
  readonly plan: AnalysisPlan
  readonly judge: (one: AnalysisCase) => JudgedCase
  readonly roles: AnalysisRoles | null
  readonly topics: readonly CommentCode[]
  /** Of the whole wave. */
  readonly medianSeconds: number | null
  /** Accusations that may not be shown for the whole wave: with what readers inside see of its parts they would give hidden ones away. */
  readonly hiddenSensitive: readonly string[]
}

/** Binds it to where things are kept; each call reads the whole wave once. */
export function makeJudgeWave(
  needs: Pick<WaveAnalysisNeeds, 'responses' | 'registry' | 'roles' | 'commentCodes' | 'now'>,
) {
  return async (wave: Wave, questionnaire: PublishedQuestionnaire): Promise<WaveJudge> => {
    const roles = rolesOf(needs, questionnaire, wave)
    const topics = needs.commentCodes
    const plan = planOf(questionnaire.questionnaire, roles, topics)
    const { medianSeconds, showable } = await readFrame(needs, wave, plan)
    const quality = { rules: STANDARD_QUALITY_RULES, medianSeconds, isUnitValid: validityOf(needs.registry) }
    const city = needs.registry.cityUid
    const hiddenSensitive = [...showable]
      .filter(([, isShowable]) => !isShowable(city, ALL_SERVICES))
      .map(([item]) => item)
    return { plan, judge: caseJudge(plan, quality), roles, topics, medianSeconds, hiddenSensitive }
  }
}
