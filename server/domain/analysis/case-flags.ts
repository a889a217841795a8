import { instrumentOf } from '../index/instrument.js'
import { coreCountsOf } from '../questionnaire/disposition.js'
import { flagsOf } from '../statistics/instruments/flag-cases.js'
import type { QualityFlag, QualityRuleSet } from '../statistics/instruments/quality-rules.js'
import { type AnalysisCase, secondsOf } from './analysis-case.js'
import type { AnalysisPlan } from './analysis-plan.js'

/** How cases are judged. */
export interface QualityFrame {
  readonly rules: QualityRuleSet
  /** Of the whole wave: see `createWaveFrame`. */
  readonly medianSeconds: number | null
  /** Whether the unit existed on the day of the transaction. */
  readonly isUnitValid: (one: AnalysisCase) => boolean
}

/**
 * Makes the judge of single cases by the rule set.
 *
 * A case has no duplicate key and no interviewer: neither is stored, so these two flags are never raised.
 *
 * @see Methodology 1.8
 */
export function caseFlagger({ questionnaire }: AnalysisPlan, quality: QualityFrame) {
  const { rules, medianSeconds, isUnitValid } = quality
  const ratings = instrumentOf(questionnaire).items.filter(({ kind }) => kind === 'rating')
  const surroundings = { median: medianSeconds, isRepeated: false, isInterviewerInDoubt: false }
  return (one: AnalysisCase): readonly QualityFlag[] => {
    // What was asked has an answer or a nonresponse code; of texts and units left blank nothing is stored, and none is core.
    const asked = ratings.filter(({ code }) => Object.hasOwn(one.answers, code))
    const core = coreCountsOf(questionnaire, asked, one.answers)
    return flagsOf(
      {
        id: one.submissionId,
        form: one.questionnaireHash,
        mode: one.mode,
        seconds: secondsOf(one),
        ratings: asked.flatMap(({ code }) => ratingIn(one.answers[code])),
        coreItems: core.applicable,
        coreAnswered: core.answered,
        duplicateKey: null,
        transactionOn: one.transactionOn,
        answeredOn: one.day,
        isUnitValid: isUnitValid(one),
        interviewer: null,
      },
      surroundings,
      rules,
    )
  }
}

const ratingIn = (answer: AnalysisCase['answers'][string] | undefined) =>
  typeof answer === 'number' && answer >= 1 && answer <= 5 ? [answer] : []
