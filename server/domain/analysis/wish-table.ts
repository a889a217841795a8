import type { Estimate } from '../disclosure/estimate.js'
import type { DisclosurePolicy } from '../disclosure/policy.js'
import type { Option } from '../questionnaire/definition.js'
import type { AnalysisPlan } from './analysis-plan.js'
import { FIRST_NONRESPONSE } from './analysis-plan.js'
import type { AnalysisSums } from './analysis-sums.js'
import { hideSmallCounts } from './hide-small-counts.js'
import { type ShareFigures, shareEstimate } from './share-figures.js'

/** One thing to improve. */
export interface WishRow {
  readonly option: Option
  /** 1 for what most want; those hidden have none. */
  readonly rank: number | null
  /** Of the respondents asked. */
  readonly share: Estimate<ShareFigures>
}

/**
 * What respondents want improved, the most wanted first (table T7).
 *
 * Of all respondents asked, also those who picked nothing: somebody with no wish has an opinion too. Picks are several, so the shares
 * add up to more than 100 and no total gives a hidden one away.
 *
 * @returns `null` where the questionnaire has no such item
 * @see methodology 1.9 (T7), 4.6 (stated importance)
 */
export function wishTable(
  { wishes }: AnalysisPlan,
  { tally }: AnalysisSums,
  policy: DisclosurePolicy,
): readonly WishRow[] | null {
  if (wishes === null) return null
  const { answered, codes } = tally.items[wishes.code] ?? { answered: 0, codes: {} }
  const silent = Object.entries(codes).reduce(
    (sum, [code, count]) => (Number(code) >= FIRST_NONRESPONSE ? sum + count : sum),
    0,
  )
  const base = answered + silent
  const counted = wishes.options
    .filter(({ code }) => code < FIRST_NONRESPONSE)
    .map((option) => ({ option, count: codes[option.code] ?? 0 }))
  const cells = counted.map(({ option, count }) => ({ key: String(option.code), count }))
  const hidden = hideSmallCounts(cells, [], policy.minRespondents)
  const rows = counted.map(({ option, count }) => ({
    option,
    share: shareEstimate(count, base, policy, hidden.get(String(option.code))),
  }))
  const countOf = ({ share }: (typeof rows)[number]) => (share.kind === 'published' ? share.figures.count : -1)
  // Ties keep the order of the questionnaire and share the better rank.
  const sorted = rows.toSorted((a, b) => countOf(b) - countOf(a))
  return sorted.map((row) => ({
    ...row,
    rank: row.share.kind === 'published' ? 1 + sorted.filter((other) => countOf(other) > countOf(row)).length : null,
  }))
}
