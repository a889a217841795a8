import type { Estimate } from '../disclosure/estimate.js'
import type { DisclosurePolicy, SuppressionReason } from '../disclosure/policy.js'
import type { Relation } from '../disclosure/relations.js'
import type { Localized } from '../survey/vocabulary.js'
import { type AnalysisPlan, FIRST_NONRESPONSE, type NegativeItem } from './analysis-plan.js'
import { type AnalysisSums, NO_ANSWER } from './analysis-sums.js'
import { type CountCell, hideSmallCounts } from './hide-small-counts.js'
import { type ShareFigures, shareEstimate } from './share-figures.js'

/** All adverse options of an item together, where there are several. */
export const ADVERSE = 'adverse'

/** One answer to an item about something that should not happen. */
export interface NegativeRow {
  /** Option code, `ADVERSE` or `NO_ANSWER`. */
  readonly code: string
  /** `null` for `ADVERSE` and `NO_ANSWER`. */
  readonly label: Localized | null
  readonly isAdverse: boolean
  /** Of the valid answers; of those asked for `NO_ANSWER`. */
  readonly share: Estimate<ShareFigures>
}

/** The answers to one such item. */
export interface NegativeTable {
  readonly item: NegativeItem
  readonly rows: readonly NegativeRow[]
}

/**
 * Answers about what should not happen: visits, lateness, apology, harassment, payments (table T8).
 *
 * @param hiddenSensitive sensitive items that must not be shown for this selection at all, see `showablePlaces`
 * @see methodology 1.9 (T8), 4.10
 */
export function negativeTables(
  { negatives }: AnalysisPlan,
  { tally }: AnalysisSums,
  policy: DisclosurePolicy,
  hiddenSensitive: ReadonlySet<string>,
): readonly NegativeTable[] {
  const counted = negatives.map((item) => countItem(item, tally.items[item.item]?.codes ?? {}))
  const hidden = hideSmallCounts(counted.flatMap(cellsOf), counted.flatMap(relationsOf), policy.minRespondents)
  return counted.map((one) => {
    const { item, answers } = one
    const isSecret = item.isSensitive && (hiddenSensitive.has(item.item) || hasFewOnOneSide(answers, policy))
    const whole = hidden.get(keyOf(item, BASE)) ?? hidden.get(keyOf(item, ASKED)) ?? (isSecret ? 'too_few' : undefined)
    return {
      item,
      rows: answers.map((answer) => rowOf(one, answer, policy, whole ?? hidden.get(keyOf(item, answer.code)))),
    }
  })
}

interface CountedAnswer extends Pick<NegativeRow, 'code' | 'label' | 'isAdverse'> {
  readonly count: number
}

interface CountedItem {
  readonly item: NegativeItem
  /** Valid answers. */
  readonly base: number
  readonly asked: number
  readonly answers: readonly CountedAnswer[]
}

function countItem(item: NegativeItem, codes: Readonly<Record<string, number>>): CountedItem {
  const options = item.question.options.filter(({ code }) => code < FIRST_NONRESPONSE)
  const answers = options.map(({ code, label }) => ({
    code: String(code),
    label,
    isAdverse: item.adverse.includes(code),
    count: codes[code] ?? 0,
  }))
  const base = answers.reduce((sum, { count }) => sum + count, 0)
  const asked = Object.values(codes).reduce((sum, count) => sum + count, 0)
  const adverse = answers.filter(({ isAdverse }) => isAdverse)
  const together = adverse.reduce((sum, { count }) => sum + count, 0)
  return {
    item,
    base,
    asked,
    answers: [
      ...answers,
      ...(adverse.length > 1 ? [{ code: ADVERSE, label: null, isAdverse: true, count: together }] : []),
      { code: NO_ANSWER, label: null, isAdverse: false, count: asked - base },
    ],
  }
}

/** Few who accuse, or few who do not: of an accusation both say something about each of the few, and so does nobody. */
const hasFewOnOneSide = (answers: readonly CountedAnswer[], { minRespondents }: DisclosurePolicy) =>
  answers.some(({ label, count }) => label !== null && count < minRespondents)

const BASE = 'base'
const ASKED = 'asked'
const keyOf = ({ item }: NegativeItem, code: string) => `${item}|${code}`

/** What people left unanswered is no answer of theirs, and is shown however few they are, as in the index report. */
function cellsOf({ item, base, asked, answers }: CountedItem): readonly CountCell[] {
  return [
    ...answers.filter(({ code }) => code !== NO_ANSWER).map(({ code, count }) => ({ key: keyOf(item, code), count })),
    { key: keyOf(item, BASE), count: base },
    { key: keyOf(item, ASKED), count: asked },
  ]
}

function relationsOf({ item, answers }: CountedItem): readonly Relation[] {
  const own = answers.filter(({ label }) => label !== null)
  const keys = (some: readonly CountedAnswer[]) => some.map(({ code }) => keyOf(item, code))
  return [
    { total: keyOf(item, BASE), parts: keys(own) },
    { total: keyOf(item, ADVERSE), parts: keys(own.filter(({ isAdverse }) => isAdverse)) },
    ...filterRelation(item),
  ]
}

/** A follow-up is asked of exactly those who gave certain answers to its filter: whoever knows one count knows the other. */
function filterRelation(item: NegativeItem): readonly Relation[] {
  const condition = item.question.showIf
  if (condition === undefined || !('item' in condition)) return []
  return [{ total: keyOf(item, ASKED), parts: condition.in.map((code) => `${condition.item}|${code}`) }]
}

function rowOf(
  { base, asked }: CountedItem,
  { code, label, isAdverse, count }: CountedAnswer,
  policy: DisclosurePolicy,
  hidden: SuppressionReason | undefined,
): NegativeRow {
  return { code, label, isAdverse, share: shareEstimate(count, code === NO_ANSWER ? asked : base, policy, hidden) }
}
