import type { CommentCode } from '../comments/code-comment.js'
import type { CompositeItem } from '../index/instrument.js'
import { instrumentOf } from '../index/instrument.js'
import type { ChoiceItem, MultiItem, Option, Questionnaire, RatingItem, TextItem } from '../questionnaire/definition.js'
import type { Localized } from '../survey/vocabulary.js'
import { type AnalysisRoles, checkRoles, type NegativeRole } from './analysis-roles.js'

/** An item by which respondents are grouped, with its groups in the order of the questionnaire. */
export interface GroupingItem {
  readonly code: string
  readonly text: Localized
  readonly options: readonly Pick<Option, 'code' | 'label'>[]
}

/** An item about something that should not happen, with its question. */
export interface NegativeItem extends NegativeRole {
  readonly question: ChoiceItem
}

/** A factor of the index with the rating items in it. */
export interface PlannedFactor {
  readonly code: string
  readonly name: Localized
  readonly items: readonly RatingItem[]
}

/** A criterion whose importance is asked after. */
export interface PlannedCriterion {
  readonly item: RatingItem
  readonly label: Localized
  /** Factor of the index; `null` for an item outside that a wish speaks of. */
  readonly factorCode: string | null
}

/** What is counted in the analysis of a wave: roles joined with the questionnaire. */
export interface AnalysisPlan {
  readonly questionnaire: Questionnaire
  readonly demographics: readonly GroupingItem[]
  readonly wishes: MultiItem | null
  readonly comments: { readonly item: TextItem; readonly codes: readonly CommentCode[] } | null
  readonly negatives: readonly NegativeItem[]
  readonly overall: RatingItem | null
  readonly factors: readonly PlannedFactor[]
  /** Criteria of the index, then other rating items that a wish speaks of. */
  readonly criteria: readonly PlannedCriterion[]
  /** The questionnaire cut down to index and overall item: what is counted for each group of respondents. */
  readonly indexOnly: Questionnaire
}

/**
 * Joins a questionnaire with the roles of its items.
 *
 * @param roles `null`: the questionnaire has none, and neither groups, wishes, comments nor negatives
 * @param codes topics of comments; none unless given
 * @throws {RangeError} when a role does not fit the questionnaire (`checkRoles` says which)
 */
export function planOf(
  questionnaire: Questionnaire,
  roles: AnalysisRoles | null,
  codes: readonly CommentCode[] = [],
): AnalysisPlan {
  const [fault] = roles === null ? [] : checkRoles(roles, questionnaire)
  if (fault) throw new RangeError(`Role ${fault.path.join('.')} of ${questionnaire.id}: ${fault.code} ${fault.name}`)
  const { items, ratings, labels, factors: all } = instrumentOf(questionnaire)
  const itemOf = <Kind extends 'choice' | 'multi' | 'year' | 'text'>(code: string, ...kinds: Kind[]) =>
    items.find((item): item is Extract<(typeof items)[number], { kind: Kind }> => {
      return item.code === code && (kinds as string[]).includes(item.kind)
    })!
  const factors = all
    .filter(({ factor, items: parts }) => factor.role === 'index' && parts.length > 0)
    .map(({ factor: { code, name }, items: parts }) => ({ code, name, items: parts.map(ratingOf) }))
  const wishes = roles?.wishes ? itemOf(roles.wishes, 'multi') : null
  const spokenOf = new Set((wishes?.options ?? []).map(({ about }) => about))
  const inIndex = factors.flatMap(({ code, items: parts }) => parts.map((item) => ({ item, factorCode: code })))
  const overall = ratings.get(questionnaire.overallItem) ?? null
  const others = [...ratings.values()]
    .filter((item) => spokenOf.has(item.code) && item !== overall && !inIndex.some((known) => known.item === item))
    .map((item) => ({ item, factorCode: null }))
  return {
    questionnaire,
    demographics: (roles?.demographics ?? []).map((code) => groupingOf(itemOf(code, 'choice', 'year'))),
    wishes,
    comments: roles?.comments ? { item: itemOf(roles.comments, 'text'), codes } : null,
    negatives: (roles?.negatives ?? []).map((role) => ({ ...role, question: itemOf(role.item, 'choice') })),
    overall,
    factors,
    criteria: [...inIndex, ...others].map((one) => ({ ...one, label: labels.get(one.item.code) ?? one.item.text })),
    indexOnly: indexOnly(questionnaire, new Set([...inIndex.map(({ item }) => item.code), questionnaire.overallItem])),
  }
}

const ratingOf = ({ item }: CompositeItem) => item

function groupingOf(
  item: Extract<Questionnaire['sections'][number]['items'][number], { kind: 'choice' | 'year' }>,
): GroupingItem {
  const options = item.kind === 'choice' ? item.options : (item.bands ?? [])
  const groups = options.filter(({ code }) => code < FIRST_NONRESPONSE).map(({ code, label }) => ({ code, label }))
  return { code: item.code, text: item.text, options: groups }
}

/** Codes from here on are no answers (methodology 1.4). */
export const FIRST_NONRESPONSE = 96

function indexOnly(questionnaire: Questionnaire, codes: ReadonlySet<string>): Questionnaire {
  return {
    ...questionnaire,
    factors: questionnaire.factors.filter(({ role }) => role === 'index'),
    sections: questionnaire.sections.map((section) => ({
      ...section,
      items: section.items.filter(({ code }) => codes.has(code)),
    })),
  }
}
