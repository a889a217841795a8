import { NOT_ASKED } from './variable.js'

/** Numbers for texts, in the order in which they are first met. */
export interface TextIndex {
  readonly texts: readonly string[]
  of(text: string): number
}

/**
 * Makes an index of texts: a record holds small numbers alone.
 *
 * @param known texts that get the first numbers
 * @throws {RangeError} when there are more texts than numbers
 */
export function createTextIndex(known: readonly string[] = []): TextIndex {
  const texts = [...known]
  const numbers = new Map(texts.map((text, i) => [text, i]))
  return {
    texts,
    of(text) {
      const found = numbers.get(text)
      if (found !== undefined) return found
      const next = texts.length
      if (next >= NOT_ASKED) throw new RangeError(`More than ${NOT_ASKED} different texts in one column`)
      texts.push(text)
      numbers.set(text, next)
      return next
    },
  }
}
