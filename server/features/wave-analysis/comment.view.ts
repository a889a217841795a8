import type { CommentTable } from '../../domain/analysis/comment-table.js'
import { IDENTIFIER_KINDS } from '../../domain/comments/screen-text.js'
import type { ReportContext } from '../index-reports/index.js'
import { head, numberColumn, shareCells, type TableView, textColumn } from './table.view.js'

/** Table T11 and comments to read. */
export interface CommentView {
  readonly table: TableView
  /** `null` where too few were written. */
  readonly verbatims: readonly { readonly text: string; readonly topics: string }[] | null
}

/** Comments on the page; the file has more. */
const LISTED = 20

const MARK = new RegExp(`\\[(${IDENTIFIER_KINDS.join('|')})\\]`, 'g')

/** Table T11 on the page; `null` where the questionnaire asks for no comment. */
export function toCommentView(
  comments: CommentTable | null,
  question: string,
  context: ReportContext,
): CommentView | null {
  if (comments === null) return null
  const { t, language } = context
  const nameOf = new Map(comments.rows.map(({ code }) => [code?.code, code?.name[language]]))
  const row = (name: string, share: CommentTable['commented']) => ({
    isMarked: false,
    cells: [head(name), ...shareCells(share, context)],
  })
  return {
    table: {
      caption: question,
      file: 'comments',
      columns: [
        textColumn(t('analysis.col_topic')),
        numberColumn(t('analysis.col_n')),
        numberColumn(t('analysis.col_share')),
        numberColumn(t('analysis.col_interval'), 'interval'),
      ],
      rows: [
        row(t('analysis.commented'), comments.commented),
        ...comments.rows.map(({ code, share }) => row(code?.name[language] ?? t('analysis.comment_none'), share)),
      ],
      notes: [t('analysis.comments_note')],
    },
    verbatims:
      comments.verbatims?.slice(0, LISTED).map(({ text, codes }) => ({
        text: text.replaceAll(MARK, (_, kind: string) => `[${t(`analysis.screened_${kind}`)}]`),
        topics: codes.map((code) => nameOf.get(code)).join(' · '),
      })) ?? null,
  }
}
