import { commentCoder } from '../comments/code-comment.js'
import { screenText } from '../comments/screen-text.js'
import { createSeededStream } from '../statistics/random/seeded-stream.js'
import type { AnalysisCase } from './analysis-case.js'
import type { AnalysisPlan } from './analysis-plan.js'

/** A comment as others may read it, with nothing else of its writer. */
export interface Verbatim {
  readonly text: string
  /** Topics in the order of the codes. */
  readonly codes: readonly string[]
}

/** Comments of a selection. */
export interface CommentSums {
  readonly commented: number
  /** By topic; one comment can have several. */
  readonly byCode: ReadonlyMap<string, number>
  /** Comments without any topic. */
  readonly uncoded: number
  /** Some of them, in an order that tells nothing of time or person. */
  readonly verbatims: readonly Verbatim[]
}

/** Comments kept to be read. */
const KEPT = 200

/**
 * Starts the comments of a selection; memory does not grow with the cases.
 *
 * Every comment is screened before anything else is done with it. Those kept are the first by a hash of the case: the same at every
 * reading, whatever the order, and a sample that nobody chose.
 */
export function createCommentSums({ comments }: Pick<AnalysisPlan, 'comments'>) {
  const codesOf = commentCoder(comments?.codes ?? [])
  const byCode = new Map((comments?.codes ?? []).map(({ code }) => [code, 0]))
  const counts = { commented: 0, uncoded: 0 }
  let kept: { readonly rank: number; readonly verbatim: Verbatim }[] = []
  return {
    add({ answers, submissionId }: Pick<AnalysisCase, 'answers' | 'submissionId'>): void {
      const raw = comments === null ? undefined : answers[comments.item.code]
      if (typeof raw !== 'string') return
      const { text } = screenText(raw)
      if (text === '') return
      const codes = codesOf(text)
      counts.commented += 1
      if (codes.length === 0) counts.uncoded += 1
      for (const code of codes) byCode.set(code, byCode.get(code)! + 1)
      kept.push({ rank: createSeededStream(`comment ${submissionId}`).uniform(), verbatim: { text, codes } })
      if (kept.length >= 2 * KEPT) kept = firstOf(kept)
    },
    result: (): CommentSums => ({
      ...counts,
      byCode: new Map(byCode),
      verbatims: firstOf(kept).map(({ verbatim }) => verbatim),
    }),
  }
}

const firstOf = <Ranked extends { readonly rank: number }>(all: readonly Ranked[]) =>
  all.toSorted((a, b) => a.rank - b.rank).slice(0, KEPT)
