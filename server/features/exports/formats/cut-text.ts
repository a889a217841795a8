const letters = new Intl.Segmenter('vi', { granularity: 'grapheme' })
const ELLIPSIS = '…'

/**
 * A text cut to a number of bytes of UTF-8 between letters: a Vietnamese letter takes up to three bytes, more when its marks are
 * written apart, and is never torn.
 *
 * @returns the text itself if it fits, else as much as fits with an ellipsis after it
 * @example cutToBytes('Hài lòng', 7) // 'Hài…'
 */
export function cutToBytes(text: string, maxBytes: number): string {
  return cut(text, maxBytes, (part) => Buffer.byteLength(part))
}

/** A text cut to a number of characters as Stata counts them, between letters. */
export function cutToLength(text: string, maxLength: number): string {
  return cut(text, maxLength, (part) => [...part].length)
}

function cut(text: string, most: number, sizeOf: (part: string) => number): string {
  if (sizeOf(text) <= most) return text
  const room = most - sizeOf(ELLIPSIS)
  let kept = ''
  let size = 0
  for (const { segment } of letters.segment(text)) {
    size += sizeOf(segment)
    if (size > room) break
    kept += segment
  }
  return kept.trimEnd() + ELLIPSIS
}
