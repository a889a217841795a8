/** A stretch of a file, both ends included. */
export interface ByteRange {
  readonly from: number
  readonly to: number
}

/**
 * What of a file a request asks for.
 *
 * @param header `Range`, where there is one
 * @param size bytes of the file
 * @returns `null` for the whole of it, also where the header asks for what is not served (several stretches, other units);
 *   `'unsatisfiable'` for a stretch outside it
 * @see RFC 9110, section 14
 */
export function rangeOf(header: string | undefined, size: number): ByteRange | 'unsatisfiable' | null {
  const found = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '')
  if (found === null) return null
  const [, first = '', last = ''] = found
  if (first === '' && last === '') return null
  const from = first === '' ? Math.max(0, size - Number(last)) : Number(first)
  const to = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1)
  return from > to || from >= size ? 'unsatisfiable' : { from, to }
}
