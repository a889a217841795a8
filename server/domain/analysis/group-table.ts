import { type Estimate, estimateOf } from '../disclosure/estimate.js'
import type { DisclosurePolicy, SuppressionReason } from '../disclosure/policy.js'
import { instrumentOf } from '../index/instrument.js'
import { figuresOfLine, type LineFigures } from '../index/line-figures.js'
import { type Line, linesOf } from '../index/lines.js'
import type { Tally } from '../index/tally.js'
import { chiSquareOfGroups, type HomogeneityTest, waldOfGroups } from '../statistics/comparison/homogeneity.js'
import { holm } from '../statistics/comparison/multiple-tests.js'
import type { Localized } from '../survey/vocabulary.js'
import type { AnalysisPlan, GroupingItem } from './analysis-plan.js'
import { type AnalysisSums, NO_ANSWER } from './analysis-sums.js'
import { hideSmallCounts } from './hide-small-counts.js'
import { type ShareFigures, shareEstimate } from './share-figures.js'

/** One group of respondents: how many, and how satisfied. */
export interface GroupRow {
  /** Option code, or `NO_ANSWER`. */
  readonly code: string
  /** `null` for `NO_ANSWER`. */
  readonly label: Localized | null
  /** Of all valid cases. */
  readonly share: Estimate<ShareFigures>
  /** Index under `mean_of_children`. */
  readonly index: Estimate<LineFigures>
  /** Overall item. */
  readonly overall: Estimate<LineFigures>
}

/** A test over the groups that are shown, those without an answer left out. */
export interface GroupTest extends HomogeneityTest {
  readonly groupCount: number
  /** Adjusted for the number of grouping items tested (Holm). */
  readonly adjustedP: number
}

/** The groups of one item (tables T2 and T6). */
export interface GroupTable {
  readonly item: GroupingItem
  readonly rows: readonly GroupRow[]
  /** Wald test of the index, linearised with the respondent as cluster; `null` where it cannot be made. */
  readonly indexTest: GroupTest | null
  /** Chi-square test of the overall item's top two boxes. */
  readonly overallTest: GroupTest | null
}

/**
 * Respondents and their satisfaction by each grouping item, hidden where it must be, with tests whether groups differ.
 *
 * A group that is hidden in one column is hidden in all: its count, its index and its overall item stand on nearly the same people.
 *
 * @see methodology 1.9 (T2, T6), 4.9 (Holm for what is published)
 */
export function groupTables(plan: AnalysisPlan, sums: AnalysisSums, policy: DisclosurePolicy): readonly GroupTable[] {
  const instrument = instrumentOf(plan.indexOnly)
  const lines = linesOf(instrument, 'mean_of_children', plan.questionnaire.overallItem)
  const figures = (tally: Tally, level: Line['level'], code: string) => {
    const line = lines.find((one) => one.level === level && one.code === code)
    return line === undefined ? null : figuresOfLine(line, tally, instrument, 'mean_of_children')
  }
  const tables = plan.demographics.map((item) => {
    const groups = [...sums.groups.get(item.code)!].map(([code, tally]) => ({
      code,
      count: tally.responses,
      index: figures(tally, 'overall', 'overall'),
      overall: figures(tally, 'criterion', plan.questionnaire.overallItem),
    }))
    const hidden = hiddenGroups(groups, sums.valid, policy)
    return { item, rows: groups.map((group) => rowOf(item, group, sums.valid, policy, hidden.get(group.code))) }
  })
  const indexTests = withHolm(tables.map(({ rows }) => testIndex(rows)))
  const overallTests = withHolm(tables.map(({ rows }) => testOverall(rows)))
  return tables.map((table, i) => ({ ...table, indexTest: indexTests[i]!, overallTest: overallTests[i]! }))
}

interface CountedGroup {
  readonly code: string
  readonly count: number
  readonly index: LineFigures | null
  readonly overall: LineFigures | null
}

const TOTAL = 'total'

/** The count that is smallest of a group's columns decides, since all are hidden together. */
function hiddenGroups(groups: readonly CountedGroup[], total: number, { minRespondents }: DisclosurePolicy) {
  const cells = groups.map(({ code, count, index, overall }) => {
    const bases = [count, index?.base ?? 0, overall?.base ?? 0].filter((base) => base > 0)
    return { key: code, count: bases.length === 0 ? 0 : Math.min(...bases) }
  })
  const relation = { total: TOTAL, parts: groups.map(({ code }) => code) }
  return hideSmallCounts([...cells, { key: TOTAL, count: total }], [relation], minRespondents)
}

function rowOf(
  { options }: GroupingItem,
  { code, count, index, overall }: CountedGroup,
  total: number,
  policy: DisclosurePolicy,
  hidden: SuppressionReason | undefined,
): GroupRow {
  // Whatever the figure by itself would be, "nobody answered" among them: beside a hidden count it would say something.
  const shown = (figures: LineFigures | null): Estimate<LineFigures> =>
    hidden === undefined ? estimateOf(figures, policy) : { kind: 'suppressed', reason: hidden }
  return {
    code,
    label: options.find((option) => String(option.code) === code)?.label ?? null,
    share: shareEstimate(count, total, policy, hidden),
    index: shown(index),
    overall: shown(overall),
  }
}

function shownFigures(rows: readonly GroupRow[], of: (row: GroupRow) => Estimate<LineFigures>): readonly LineFigures[] {
  return rows.flatMap((row) => {
    const estimate = of(row)
    return row.code !== NO_ANSWER && estimate.kind === 'published' ? [estimate.figures] : []
  })
}

type RawTest = { readonly test: HomogeneityTest; readonly groupCount: number } | null

function testIndex(rows: readonly GroupRow[]): RawTest {
  const groups = shownFigures(rows, ({ index }) => index).map(({ topTwoBoxPercent, effectiveBase }) => {
    const value = topTwoBoxPercent / 100
    return { value, variance: (value * (1 - value)) / effectiveBase }
  })
  const test = waldOfGroups(groups)
  return test && { test, groupCount: groups.length }
}

function testOverall(rows: readonly GroupRow[]): RawTest {
  const groups = shownFigures(rows, ({ overall }) => overall).map(({ counts, base }) => ({
    hits: counts[3] + counts[4],
    base,
  }))
  const test = chiSquareOfGroups(groups)
  return test && { test, groupCount: groups.length }
}

function withHolm(raw: readonly RawTest[]): readonly (GroupTest | null)[] {
  const made = raw.flatMap((one, i) => (one === null ? [] : [{ ...one, i }]))
  const adjusted = holm(made.map(({ test }) => test.p))
  const byPlace = new Map(made.map(({ i }, rank) => [i, adjusted[rank]!]))
  return raw.map((one, i) =>
    one === null ? null : { ...one.test, groupCount: one.groupCount, adjustedP: byPlace.get(i)! },
  )
}
