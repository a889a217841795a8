/** Numbers and texts as an SPSS system file has them: little-endian, texts padded with spaces. */
export const int32 = (...values: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(4 * values.length)
  for (const [i, value] of values.entries()) bytes.writeInt32LE(value, 4 * i)
  return bytes
}

export const float64 = (...values: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(8 * values.length)
  for (const [i, value] of values.entries()) bytes.writeDoubleLE(value, 8 * i)
  return bytes
}

/**
 * A text in a field of so many bytes.
 *
 * @throws {RangeError} when it is longer: cutting is for those who know where letters end
 */
export function padded(text: string, length: number): Buffer {
  const bytes = Buffer.alloc(length, ' ')
  if (Buffer.byteLength(text) > length) throw new RangeError(`More than ${length} bytes: ${text}`)
  bytes.write(text)
  return bytes
}

/** A text with its length before it, padded to a multiple of four or eight bytes, the length not counted. */
export const counted = (text: string): Buffer => Buffer.concat([int32(Buffer.byteLength(text)), Buffer.from(text)])

/** The smallest multiple that holds a number. */
export const roundUp = (size: number, multiple: number): number => Math.ceil(size / multiple) * multiple
