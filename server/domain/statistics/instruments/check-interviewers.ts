import type { IsoDay } from '../../survey/vocabulary.js'
import { equalWeights, mean, sampleVariance } from './moments.js'
import type { InterviewerRules } from './quality-rules.js'

/** One interview. */
export interface Interview {
  readonly interviewer: string
  /** Unit the respondent rated. */
  readonly unit: string
  readonly day: IsoDay
  /** Mean rating of the interview; `null` when nothing was rated. */
  readonly score: number | null
}

/** Call-backs to people an interviewer says to have met. */
export interface Callbacks {
  readonly called: number
  /** Not met, or met otherwise than recorded. */
  readonly failed: number
}

/** Why an interviewer's work is in doubt. */
export type InterviewerReason = 'outlying_mean' | 'too_many_a_day' | 'callbacks_failed'

/** What was found of one interviewer. */
export interface InterviewerCheck {
  readonly interviewer: string
  readonly interviews: number
  /** Unit-adjusted mean in standard errors; `null` where it cannot be judged. */
  readonly deviation: number | null
  readonly reasons: readonly InterviewerReason[]
}

/**
 * Checks each interviewer against the others: unit-adjusted mean, interviews a day, failed call-backs.
 *
 * Deviation z = mean of (score − mean of its unit) / (s/√n), with s the standard deviation of those residuals over all
 * interviews and n the interviewer's own. Units one interviewer alone works in tell nothing of the interviewer.
 *
 * @returns in order of first interview
 * @see Methodology 1.8 (`interviewer`)
 * @example checkInterviewers([{ interviewer: 'a', unit: 'q1', day: '2026-03-02', score: 4 }], STANDARD_QUALITY_RULES.interviewer)[0].interviews
 *   // 1
 */
export function checkInterviewers(
  interviews: readonly Interview[],
  rules: InterviewerRules,
  callbacks: ReadonlyMap<string, Callbacks> = new Map(),
): InterviewerCheck[] {
  const deviations = deviationsOf(interviews)
  return [...groupBy(interviews, ({ interviewer }) => interviewer)].map(([interviewer, own]) => {
    const deviation = deviations.get(interviewer) ?? null
    const busiest = Math.max(...[...groupBy(own, ({ day }) => day).values()].map(({ length }) => length))
    const reasons: InterviewerReason[] = []
    if (deviation !== null && Math.abs(deviation) > rules.maxDeviations) reasons.push('outlying_mean')
    if (busiest > rules.maxPerDay) reasons.push('too_many_a_day')
    if (hasFailed(callbacks.get(interviewer), rules)) reasons.push('callbacks_failed')
    return { interviewer, interviews: own.length, deviation, reasons }
  })
}

/**
 * The interviewers with at least one reason, for `flagCases`.
 *
 * @see Methodology 1.8 (`interviewer`)
 * @example flaggedInterviewers([{ interviewer: 'a', interviews: 20, deviation: null, reasons: ['too_many_a_day'] }]).has('a')
 *   // true
 */
export const flaggedInterviewers = (checks: readonly InterviewerCheck[]): ReadonlySet<string> =>
  new Set(checks.filter(({ reasons }) => reasons.length > 0).map(({ interviewer }) => interviewer))

const hasFailed = (callbacks: Callbacks | undefined, { callbackFailShare }: InterviewerRules) =>
  callbacks !== undefined && callbacks.called > 0 && callbacks.failed >= callbackFailShare * callbacks.called

function deviationsOf(interviews: readonly Interview[]): ReadonlyMap<string, number> {
  const scored = interviews.flatMap((interview) =>
    interview.score === null ? [] : [{ ...interview, score: interview.score }],
  )
  const residuals = [...groupBy(scored, ({ unit }) => unit).values()].flatMap((group) => {
    const centre = plainMean(group.map(({ score }) => score))
    return group.map(({ interviewer, score }) => ({ interviewer, residual: score - centre }))
  })
  const spread = residuals.length > 1 ? Math.sqrt(sampleVariance(residuals.map(({ residual }) => residual))) : 0
  if (!(spread > 0)) return new Map()
  return new Map(
    [...groupBy(residuals, ({ interviewer }) => interviewer)].map(([interviewer, own]) => {
      const values = own.map(({ residual }) => residual)
      return [interviewer, (plainMean(values) * Math.sqrt(values.length)) / spread]
    }),
  )
}

const plainMean = (values: readonly number[]) => mean(values, equalWeights(values.length))

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group) group.push(item)
    else groups.set(keyOf(item), [item])
  }
  return groups
}
