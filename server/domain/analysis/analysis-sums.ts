import type { Tally } from '../index/tally.js'
import { createTallyBuilder } from '../index/tally-responses.js'
import { isValidCase } from '../statistics/instruments/quality-accounting.js'
import { QUALITY_FLAGS, type QualityFlag, type QualityRuleSet } from '../statistics/instruments/quality-rules.js'
import type { AnalysisPlan, GroupingItem } from './analysis-plan.js'
import { type CommentSums, createCommentSums } from './comment-sums.js'
import { createInstrumentSums, type InstrumentSums } from './instrument-sums.js'
import type { JudgedCase } from './judge-case.js'

/** Group of those who gave no answer to a grouping item. */
export const NO_ANSWER = 'no_answer'

/** Everything counted of a selection; memory does not grow with the cases. */
export interface AnalysisSums extends InstrumentSums {
  readonly received: number
  readonly complete: number
  /** Complete cases that the rule set keeps: all counts below are of these. */
  readonly valid: number
  /** Of the cases received, by flag; a case can have several. */
  readonly flagged: Readonly<Record<QualityFlag, number>>
  readonly tally: Tally
  /** By grouping item, then option code or `NO_ANSWER`: index and overall item of the group. */
  readonly groups: ReadonlyMap<string, ReadonlyMap<string, Tally>>
  readonly comments: CommentSums
}

/**
 * Starts the sums of a selection: cases go in one at a time, in any order.
 */
export function createAnalysisSums(plan: AnalysisPlan, rules: QualityRuleSet) {
  const { questionnaire, demographics, indexOnly } = plan
  const flagged = Object.fromEntries(QUALITY_FLAGS.map((flag) => [flag, 0])) as Record<QualityFlag, number>
  const tally = createTallyBuilder(questionnaire)
  const groups = demographics.map((item) => ({
    item,
    byCode: new Map(codesOf(item).map((code) => [code, createTallyBuilder(indexOnly)])),
  }))
  const instruments = createInstrumentSums(plan)
  const comments = createCommentSums(plan)
  const counts = { received: 0, complete: 0, valid: 0 }
  return {
    add(one: JudgedCase): void {
      const { flags } = one
      counts.received += 1
      for (const flag of flags) flagged[flag] += 1
      if (one.disposition !== 'complete') return
      counts.complete += 1
      if (!isValidCase(flags, rules)) return
      counts.valid += 1
      tally.add(one)
      for (const { item, byCode } of groups) byCode.get(groupOf(item, one))!.add(one)
      instruments.add(one.answers)
      comments.add(one.comment)
    },
    result: (): AnalysisSums => ({
      ...counts,
      flagged: { ...flagged },
      tally: tally.result(),
      groups: new Map(
        groups.map(({ item, byCode }) => [
          item.code,
          new Map([...byCode].map(([code, builder]) => [code, builder.result()])),
        ]),
      ),
      comments: comments.result(),
      ...instruments.result(),
    }),
  }
}

const codesOf = ({ options }: GroupingItem) => [...options.map(({ code }) => String(code)), NO_ANSWER]

function groupOf({ code, options }: GroupingItem, { answers }: Pick<JudgedCase, 'answers'>): string {
  const answer = Object.hasOwn(answers, code) ? answers[code] : undefined
  return options.some((option) => option.code === answer) ? String(answer) : NO_ANSWER
}
