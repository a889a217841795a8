import { covers, type Part, type Scope } from '../../domain/access/scope.js'
import { planOf } from '../../domain/analysis/analysis-plan.js'
import { commentReader, createCommentSums } from '../../domain/analysis/comment-sums.js'
import { type CommentTable, commentTable } from '../../domain/analysis/comment-table.js'
import { batchEnd } from '../../domain/comments/comment-batches.js'
import { DISCLOSURE_POLICIES } from '../../domain/disclosure/policy.js'
import { cityDay, monthOf } from '../../domain/survey/day.js'
import type { IsoDay } from '../../domain/survey/vocabulary.js'
import type { Wave } from '../../domain/survey/wave.js'
import { keepForAWhile } from '../../platform/keep-for-a-while.js'
import { problem } from '../../platform/problem.js'
import type { WaveAnalysisNeeds } from './get-wave-analysis.js'
import { belongsTo, rolesOf } from './read-frame.js'

/** What people wrote about one unit, as its own staff may read it. */
export interface UnitComments {
  /** The question; empty where the form asks for no comment. */
  readonly question: { readonly vi: string; readonly en: string } | null
  /** `null` while no batch is full. */
  readonly table: CommentTable | null
  /** First day whose comments wait; `null` while all do. */
  readonly until: IsoDay | null
}

/**
 * Comments about one unit in batches of months that are over (`batchEnd`), without accusations of officers and without the hour or any
 * other answer.
 *
 * @throws {Problem} 404 when the unit or service does not lie in the scope whole
 */
export type GetUnitComments = (
  scope: Scope,
  query: { readonly wave: Wave; readonly unitUid: string; readonly service: string | null },
) => Promise<UnitComments>

const KEPT = 60
/** Of a unit with many responses the pages may be two minutes old. */
const REUSE = { costlyMs: 200, longestMs: 120_000 }
const POLICY = DISCLOSURE_POLICIES.agency

/** Binds the use case to where things are kept; it reads the responses of the unit alone. */
export function makeGetUnitComments(needs: WaveAnalysisNeeds): GetUnitComments {
  const keep = keepForAWhile<UnitComments>(KEPT, REUSE, () => performance.now())
  return async (scope, { wave, unitUid, service }) => {
    const part: Part = {
      unitUids: [unitUid],
      services: service === null ? null : [service],
      period: scope.period,
    }
    if (!covers(scope, part)) throw problem.outsideScope('unit')
    const month = monthOf(cityDay(needs.now()))
    return keep(JSON.stringify([wave.id, part]), async () => ({
      state: `${month} ${await needs.tallies.stateOf(wave.id)}`,
      make: () => read(needs, scope, wave, part, month),
    }))
  }
}

async function read(
  needs: WaveAnalysisNeeds,
  scope: Scope,
  wave: Wave,
  part: Part,
  month: IsoDay,
): Promise<UnitComments> {
  const questionnaire = await needs.questionnaires.byHash(wave.questionnaireHash)
  if (questionnaire === undefined) throw new Error(`Wave ${wave.id} names a questionnaire that is not published`)
  const plan = planOf(questionnaire.questionnaire, rolesOf(needs, questionnaire, wave), needs.commentCodes)
  if (plan.comments === null) return { question: null, table: null, until: null }
  const commentOf = commentReader(plan)
  const complete = async function* () {
    for await (const one of needs.responses.streamWave(scope, wave.id, part))
      if (belongsTo(wave, one) && one.disposition === 'complete') yield { day: one.day, comment: commentOf(one) }
  }
  const commented = new Map<IsoDay, number>()
  for await (const { day, comment } of complete())
    if (comment !== null) commented.set(monthOf(day), (commented.get(monthOf(day)) ?? 0) + 1)
  const until = batchEnd(commented, month, POLICY.minRespondents)
  const question = plan.comments.item.text
  if (until === null) return { question, table: null, until }
  const sums = createCommentSums(plan)
  let valid = 0
  for await (const { day, comment } of complete()) {
    if (day >= until) continue
    valid += 1
    sums.add(comment)
  }
  return { question, table: commentTable(plan, { ...sums.result(), valid }, POLICY, false), until }
}
