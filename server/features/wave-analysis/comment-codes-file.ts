import { z } from 'zod'
import type { CommentCode } from '../../domain/comments/code-comment.js'
import { describeFileProblem, type FileProblem, readYamlFile } from '../../platform/yaml-file.js'

const text = z.string().trim().min(1)

/** `surveys/comment-codes.yaml` (`surveys/README.md`). */
const commentCodesSchema = z.strictObject({
  codes: z
    .array(
      z.strictObject({
        code: z.string().regex(/^[a-z][a-z_]*$/, 'must be small letters'),
        name: z.strictObject({ vi: text, en: text }),
        isSensitive: z.boolean().default(false),
        words: z.array(text).min(1),
      }),
    )
    .min(1),
})

/** What came of reading the topics of comments. */
export type CheckedCommentCodes =
  | { readonly kind: 'valid'; readonly codes: readonly CommentCode[] }
  | { readonly kind: 'invalid'; readonly problems: readonly FileProblem[] }

/**
 * Reads the topics of comments and checks that none is there twice, and no word within one.
 *
 * @throws {Error} only when the file cannot be read
 */
export function checkCommentCodesFile(file: string): CheckedCommentCodes {
  const { value, problems, lineOf } = readYamlFile(file, commentCodesSchema)
  if (value === undefined) return { kind: 'invalid', problems }
  const fault = (path: readonly PropertyKey[], message: string) => ({ file, line: lineOf(path), message })
  const names = value.codes.map(({ code }) => code)
  const twice = value.codes.flatMap(({ code, words }, i) => {
    const plain = words.map((word) => word.normalize('NFC').toLowerCase())
    return [
      ...(names.indexOf(code) < i || code === 'all' || code === 'none'
        ? [fault(['codes', i, 'code'], `${code} is there twice or means something else [code_taken]`)]
        : []),
      ...plain.flatMap((word, k) =>
        plain.indexOf(word) < k ? [fault(['codes', i, 'words', k], `${word} is there twice [word_twice]`)] : [],
      ),
    ]
  })
  return twice.length === 0 ? { kind: 'valid', codes: value.codes } : { kind: 'invalid', problems: twice }
}

/**
 * The topics of comments.
 *
 * @throws {Error} with every fault by file and line: a process must not start on faulty topics
 */
export function loadCommentCodes(file: string): readonly CommentCode[] {
  const checked = checkCommentCodesFile(file)
  if (checked.kind === 'valid') return checked.codes
  throw new Error(`Topics of comments are not valid:\n${checked.problems.map(describeFileProblem).join('\n')}`)
}
