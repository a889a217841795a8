import { addMonths } from '../../survey/day.js'
import type { IsoDay } from '../../survey/vocabulary.js'
import { medianTimes } from './median-times.js'
import type { QualityCase } from './quality-case.js'
import type { QualityFlag, QualityRuleSet } from './quality-rules.js'

/**
 * Flags of each case by a rule set, in the order of the cases; flagging takes nothing out.
 *
 * Of cases with one duplicate key the first given is the case, the later ones are duplicates. A case is straight-lined
 * only when it was also faster than the median: somebody content with everything is no fault.
 *
 * @param cases of one wave, in the order they came in
 * @param flaggedInterviewers whose interviews are in doubt, see `checkInterviewers`
 * @returns one list per case, in the order of `QUALITY_FLAGS`
 * @throws {RangeError} when a time is negative
 * @see Methodology 1.8
 * @example flagCases([{ id: '1', form: 'f', mode: 'web', seconds: 60, ratings: [4], coreItems: 5, coreAnswered: 3, duplicateKey: null, transactionOn: '2026-03-01', answeredOn: '2026-03-02', isUnitValid: true, interviewer: null }], STANDARD_QUALITY_RULES)
 *   // [['speeder', 'incomplete']]
 */
export function flagCases(
  cases: readonly QualityCase[],
  rules: QualityRuleSet,
  flaggedInterviewers: ReadonlySet<string> = new Set(),
): (readonly QualityFlag[])[] {
  const medianOf = medianTimes(cases)
  const seen = new Set<string>()
  return cases.map((one) => {
    const isRepeated = one.duplicateKey !== null && seen.has(one.duplicateKey)
    if (one.duplicateKey !== null) seen.add(one.duplicateKey)
    const isInDoubt = one.interviewer !== null && flaggedInterviewers.has(one.interviewer)
    return flagsOf(one, { median: medianOf(one), isRepeated, isInterviewerInDoubt: isInDoubt }, rules)
  })
}

/** What the other cases say about one: they are known only once all have been read. */
export interface CaseSurroundings {
  /** Median seconds of the same form and mode; `null` where no time is known. */
  readonly median: number | null
  /** Whether an earlier case had the same duplicate key. */
  readonly isRepeated: boolean
  readonly isInterviewerInDoubt: boolean
}

/**
 * Flags of one case, in the order of `QUALITY_FLAGS`: for cases that are read one at a time.
 *
 * @see Methodology 1.8
 * @example flagsOf(
 *   { id: 'a', form: 'f', mode: 'web', seconds: 60, ratings: [4, 2], coreItems: 5, coreAnswered: 3, duplicateKey: null, transactionOn: '2026-03-01', answeredOn: '2026-03-15', isUnitValid: true, interviewer: null },
 *   { median: 300, isRepeated: false, isInterviewerInDoubt: false },
 *   STANDARD_QUALITY_RULES,
 * ) // ['speeder', 'incomplete']
 */
export function flagsOf(
  one: QualityCase,
  { median, isRepeated, isInterviewerInDoubt }: CaseSurroundings,
  rules: QualityRuleSet,
): readonly QualityFlag[] {
  const raised: Record<QualityFlag, boolean> = {
    speeder: isSpeeder(one, median, rules),
    straightline: isStraightlined(one, median, rules),
    incomplete: one.coreAnswered < rules.incomplete.minShare * one.coreItems,
    duplicate: isRepeated,
    out_of_scope: !one.isUnitValid || one.transactionOn < monthsBefore(one.answeredOn, rules.outOfScope.maxMonths),
    interviewer: isInterviewerInDoubt,
  }
  return (Object.keys(raised) as QualityFlag[]).filter((flag) => raised[flag])
}

function isSpeeder({ seconds }: QualityCase, median: number | null, { speeder }: QualityRuleSet): boolean {
  if (seconds === null || median === null) return false
  return seconds < Math.max(speeder.minSeconds, speeder.medianShare * median)
}

function isStraightlined({ seconds, ratings }: QualityCase, median: number | null, rules: QualityRuleSet): boolean {
  if (seconds === null || median === null || ratings.length < rules.straightline.minItems) return false
  return seconds < median && ratings.every((rating) => rating === ratings[0])
}

/** The same day of an earlier month, as text; a day the month lacks still compares rightly (2026-02-31 > 2026-02-28). */
function monthsBefore(day: IsoDay, months: number): string {
  return addMonths(day, -months).slice(0, 8) + day.slice(8)
}
