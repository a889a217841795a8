import type { Localized } from '../survey/vocabulary.js'

/** A topic that comments are counted under. */
export interface CommentCode {
  readonly code: string
  readonly name: Localized
  /** An accusation against officials. */
  readonly isSensitive: boolean
  /** Words and phrases by which it is recognised, in either language, with their accents. */
  readonly words: readonly string[]
}

/** Lower case, one space between words. */
const plain = (text: string) => text.normalize('NFC').toLowerCase().replaceAll(/\s+/gu, ' ')
const MARKS = /\p{M}/gu
/** Without the marks of tone and vowel, as people type on a phone without a Vietnamese keyboard. */
const bare = (text: string) => plain(text).replaceAll('đ', 'd').normalize('NFD').replaceAll(MARKS, '')

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
const anyOf = (words: readonly string[], fold: (text: string) => string) =>
  new RegExp(`(?<![\\p{L}\\d])(?:${words.map((word) => escaped(fold(word))).join('|')})(?![\\p{L}\\d])`, 'u')

/**
 * Makes what finds the topics of a comment: a comment has every topic one of whose words is in it, or none.
 *
 * A comment with any accent is read with accents, one without as words typed without them; so "cho" is not taken for
 * "chờ" where the writer has accents at hand. Rules and not a model: anybody can check a count by reading.
 *
 * @returns codes in the order given
 * @see methodology 1.9 (T11)
 * @example commentCoder([{ code: 'wait', words: ['chờ lâu'] }])('Cho lau qua!') // ['wait']
 */
export function commentCoder(
  codes: readonly Pick<CommentCode, 'code' | 'words'>[],
): (text: string) => readonly string[] {
  const matchers = codes.map(({ code, words }) => ({ code, accented: anyOf(words, plain), typed: anyOf(words, bare) }))
  return (text) => {
    const isTyped = bare(text) === plain(text)
    return matchers.flatMap(({ code, accented, typed }) => {
      return (isTyped ? typed : accented).test(plain(text)) ? [code] : []
    })
  }
}
