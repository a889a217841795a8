import type { CommentCode } from '../comments/code-comment.js'
import type { Estimate } from '../disclosure/estimate.js'
import type { DisclosurePolicy } from '../disclosure/policy.js'
import type { AnalysisPlan } from './analysis-plan.js'
import type { AnalysisSums } from './analysis-sums.js'
import type { CommentSums, Verbatim } from './comment-sums.js'
import { hideSmallCounts } from './hide-small-counts.js'
import { type ShareFigures, shareEstimate } from './share-figures.js'

/** Of those who commented, how many did so on one topic; `null` for comments on none of them. */
export interface CommentRow {
  readonly code: CommentCode | null
  readonly share: Estimate<ShareFigures>
}

/** Table T11. */
export interface CommentTable {
  /** Of the valid cases, those with a comment. */
  readonly commented: Estimate<ShareFigures>
  /** In the order of the codes. */
  readonly rows: readonly CommentRow[]
  /** Some comments, screened; `null` where too few were written for one to be anybody's. */
  readonly verbatims: readonly Verbatim[] | null
}

/**
 * What respondents wrote: topics counted by rules, and comments to read.
 *
 * Topics that accuse officials are counted, and comments on them shown, for the whole wave alone: in one office at one service
 * an officer may know who wrote. Topics overlap, so no total gives a hidden count away.
 *
 * @param isWhole whether the selection is the whole wave
 * @returns `null` where the questionnaire asks for no comment
 * @see methodology 1.9 (T11), 6
 */
export function commentTable(
  { comments }: AnalysisPlan,
  { commented, byCode, uncoded, verbatims, valid }: CommentSums & Pick<AnalysisSums, 'valid'>,
  policy: DisclosurePolicy,
  isWhole: boolean,
): CommentTable | null {
  if (comments === null) return null
  const counted = [
    ...comments.codes.map((code) => ({ key: code.code, code, count: byCode.get(code.code) ?? 0 })),
    { key: '', code: null, count: uncoded },
  ]
  const hidden = new Map(hideSmallCounts([...counted, { key: ' all', count: commented }], [], policy.minRespondents))
  const secret = new Set(comments.codes.filter(({ isSensitive }) => isSensitive && !isWhole).map(({ code }) => code))
  for (const code of secret) hidden.set(code, 'too_few')
  const all = shareEstimate(commented, valid, policy, hidden.get(' all'))
  return {
    commented: all,
    rows: counted.map(({ key, code, count }) => ({
      code,
      share: shareEstimate(count, commented, policy, hidden.get(key)),
    })),
    verbatims:
      all.kind === 'published' ? verbatims.filter(({ codes }) => !codes.some((code) => secret.has(code))) : null,
  }
}
