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

/** What is counted of one comment. */
export interface JudgedComment {
  /** Topics in the order of the codes. */
  readonly codes: readonly string[]
  /** The screened words, and where they stand among all by chance; `null` where no words were kept. */
  readonly shown: { readonly text: string; readonly rank: number } | null
}

/** Comments kept to be read. */
const KEPT = 200

/**
 * Makes what reads the comment of a case: screened before anything else is done with it, then its topics. `null`: none was written.
 *
 * The rank follows from the case alone: the same at every reading, and a sample that nobody chose.
 */
export function commentReader({ comments }: Pick<AnalysisPlan, 'comments'>) {
  const codesOf = commentCoder(comments?.codes ?? [])
  return ({ answers, submissionId }: Pick<AnalysisCase, 'answers' | 'submissionId'>): JudgedComment | null => {
    const raw = comments === null ? undefined : answers[comments.item.code]
    if (typeof raw !== 'string') return null
    const { text } = screenText(raw)
    if (text === '') return null
    const rank = createSeededStream(`comment ${submissionId}`).uniform()
    return { codes: codesOf(text), shown: { text, rank } }
  }
}

/** Starts the comments of a selection; memory does not grow with the cases. Those kept are the first by rank, whatever the order. */
export function createCommentSums({ comments }: Pick<AnalysisPlan, 'comments'>) {
  const byCode = new Map((comments?.codes ?? []).map(({ code }) => [code, 0]))
  const counts = { commented: 0, uncoded: 0 }
  let kept: { readonly rank: number; readonly verbatim: Verbatim }[] = []
  return {
    add(comment: JudgedComment | null): void {
      if (comment === null) return
      const { codes, shown } = comment
      counts.commented += 1
      if (codes.length === 0) counts.uncoded += 1
      for (const code of codes) byCode.set(code, byCode.get(code)! + 1)
      if (shown === null) return
      kept.push({ rank: shown.rank, verbatim: { text: shown.text, codes } })
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
