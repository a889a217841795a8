import type { AnswerErrorCode } from './answer-error.js'

/** Controls other than tab and line feed, and the direction overrides that make a text show otherwise than it reads. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: refusing control characters is the purpose
const FORBIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/
/** With the `u` flag a whole pair is one character, so this finds halves only. */
const LONE_SURROGATE = /[\ud800-\udfff]/u

/** A text as it may be stored, or why not. */
export type TextReading =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'error'; readonly code: AnswerErrorCode; readonly params: Readonly<Record<string, number>> }

/**
 * A typed text in the form it is stored: NFC, line ends as `\n`, no blanks around it.
 *
 * Reading a stored text again gives the same text.
 *
 * @param maxLength in characters (code points), counted after normalising, so that a letter typed as base and
 *   combining marks counts once
 */
export function readText(raw: string, maxLength: number): TextReading {
  if (LONE_SURROGATE.test(raw)) return { kind: 'error', code: 'invalid_unicode', params: {} }
  const text = raw.replace(/\r\n?/g, '\n').normalize('NFC').trim()
  if (FORBIDDEN.test(text)) return { kind: 'error', code: 'control_characters', params: {} }
  if (characterCount(text) > maxLength) return { kind: 'error', code: 'too_long', params: { max: maxLength } }
  return { kind: 'text', text }
}

function characterCount(text: string): number {
  let count = 0
  for (const _ of text) count += 1
  return count
}
