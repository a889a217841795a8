import type { Cell } from '../../../domain/microdata/variable.js'
import type { MicrodataTable } from './microdata-file.js'
import { BIAS, savDictionary } from './sav-dictionary.js'
import { layOut, type SavVariable, SEGMENT } from './sav-layout.js'

/** Command bytes of the compression: one for each piece of 8 bytes, eight together before what they leave open. */
const COMMAND = { literal: 253, spaces: 254, systemMissing: 255 } as const
const [LEAST_CODE, MOST_CODE] = [1, 251]
const CHUNK = 1 << 16
/** Far more than a row takes beyond a full chunk. */
const ROOM = 1 << 20

/**
 * Rows as an SPSS system file: UTF-8, long names, labels in one language, missing codes, measures, a weight, sets of
 * choices, compressed by bytecodes.
 *
 * Streams: only one row and 64 kB of output are in memory.
 *
 * @throws {RangeError} when there are more or fewer rows than said, which the header has already told
 */
export function* encodeSav(table: MicrodataTable): Generator<Uint8Array> {
  const layout = layOut(table.variables)
  yield savDictionary(layout, table, 'weight')
  const writer = createCompressor()
  let count = 0
  for (const row of table.rows) {
    for (let i = 0; i < layout.length; i++) writeCell(writer, layout[i]!, row[i]!)
    count += 1
    const chunk = writer.takeIfFull()
    if (chunk !== null) yield chunk
  }
  if (count !== table.rowCount) throw new RangeError(`${table.rowCount} rows were announced and ${count} came`)
  yield writer.finish()
}

type Compressor = ReturnType<typeof createCompressor>

function writeCell(writer: Compressor, { width, segments }: SavVariable, cell: Cell): void {
  if (width > 0) writer.text(cell === null ? '' : String(cell), segments)
  else if (cell === null) writer.command(COMMAND.systemMissing)
  else writer.number(cell as number)
}

function createCompressor() {
  const out = Buffer.alloc(CHUNK + ROOM)
  const texts = new Map<string, readonly (Buffer | null)[]>()
  let start = 0
  let commands = 0
  let end = SEGMENT
  /** Takes one place among the commands of the block; what belongs to it comes after. */
  const command = (code: number) => {
    if (commands === SEGMENT) {
      start = end
      end = start + SEGMENT
      commands = 0
    }
    out[start + commands++] = code
  }
  return {
    command,
    number(value: number): void {
      const code = value + BIAS
      const isShort = Number.isInteger(value) && code >= LEAST_CODE && code <= MOST_CODE
      command(isShort ? code : COMMAND.literal)
      if (!isShort) end = out.writeDoubleLE(value, end)
    },
    text(value: string, segments: number): void {
      const key = `${segments} ${value}`
      const pieces = texts.get(key) ?? piecesOf(value, segments)
      texts.set(key, pieces)
      for (const piece of pieces) {
        command(piece === null ? COMMAND.spaces : COMMAND.literal)
        if (piece !== null) end += piece.copy(out, end)
      }
    },
    /** All whole blocks once there is enough of them; the block being filled stays. */
    takeIfFull(): Buffer | null {
      if (start < CHUNK) return null
      const chunk = Buffer.from(out.subarray(0, start))
      out.copy(out, 0, start, end)
      end -= start
      start = 0
      return chunk
    },
    finish(): Buffer {
      // Commands of 0 say nothing: readers know from the header how many rows there are.
      out.fill(0, start + commands, start + SEGMENT)
      return Buffer.from(out.subarray(0, end))
    },
  }
}

/** A text in pieces of 8 bytes, `null` for one that is nothing but spaces. */
function piecesOf(value: string, segments: number): readonly (Buffer | null)[] {
  const bytes = Buffer.alloc(segments * SEGMENT, ' ')
  bytes.write(value)
  return Array.from({ length: segments }, (_, i) => {
    const piece = bytes.subarray(i * SEGMENT, (i + 1) * SEGMENT)
    return piece.every((byte) => byte === 0x20) ? null : piece
  })
}
