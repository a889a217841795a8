import type { AnalysisCase } from '../../domain/analysis/analysis-case.js'
import { changedRecords } from '../../domain/release/records.js'
import type { Wave } from '../../domain/survey/wave.js'
import type { Chunks } from './release.repository.js'

/** The records of one unit as lines in the order of their characters. */
export interface UnitLines {
  readonly unitUid: string
  readonly lines: readonly string[]
}

/**
 * The records of a wave unit by unit, as lines in the order of their characters, which says nothing of when they came in.
 *
 * Responses to another form or of another mode are left out, as in every report. No more than two units are in memory: one is read
 * while the one before it is put in order and written.
 */
export async function* linesByUnit<One extends Pick<AnalysisCase, 'questionnaireHash' | 'mode'>>(
  responsesOf: (unitUid: string) => AsyncIterable<One>,
  { questionnaireHash, mode, unitUids }: Wave,
  lineOf: (one: One) => string,
): AsyncGenerator<UnitLines> {
  const read = async (unitUid: string) => {
    const lines: string[] = []
    for await (const response of responsesOf(unitUid))
      if (response.questionnaireHash === questionnaireHash && response.mode === mode) lines.push(lineOf(response))
    return lines
  }
  // A comma comes before every character of a uid, so that the order of units is that of their lines.
  const units = unitUids.toSorted()
  let reading: Promise<string[]> | undefined
  for (const [i, unitUid] of units.entries()) {
    const lines = await (reading ?? read(unitUid))
    const next = units[i + 1]
    reading = next === undefined ? undefined : read(next)
    // Looked at with the next unit; until then a failure must not count as unhandled.
    reading?.catch(() => {})
    if (lines.length > 0) yield { unitUid, lines: lines.sort() }
  }
}

/** A table of records as bytes read back unit by unit, its head left out. */
export async function* unitsOfFile(chunks: Chunks): AsyncGenerator<UnitLines> {
  let unitUid = ''
  let lines: string[] = []
  for await (const line of linesOfFile(chunks)) {
    const own = line.slice(0, line.indexOf(','))
    if (own !== unitUid && lines.length > 0) {
      yield { unitUid, lines }
      lines = []
    }
    unitUid = own
    lines.push(line)
  }
  if (lines.length > 0) yield { unitUid, lines }
}

/** The columns of a table of records. */
export async function headOfFile(chunks: Chunks): Promise<readonly string[]> {
  for await (const line of allLinesOf(chunks)) return line.split(',')
  return []
}

/** The lines of a table after its head; every line ends in a line feed. */
export async function* linesOfFile(chunks: Chunks): AsyncGenerator<string> {
  let isHead = true
  for await (const line of allLinesOf(chunks)) {
    if (!isHead) yield line
    isHead = false
  }
}

async function* allLinesOf(chunks: Chunks): AsyncGenerator<string> {
  let rest = ''
  for await (const chunk of chunks) {
    // The table is ASCII: no character is cut between two pieces.
    const lines = (rest + Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length).toString('latin1')).split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
  if (rest !== '') yield rest
}

/** Lines cut down to some of their columns, the unit first among them, again in the order of their characters. */
export async function* keepColumns(
  units: AsyncIterable<UnitLines>,
  head: readonly string[],
  columns: readonly string[],
): AsyncGenerator<UnitLines> {
  if (columns.length === head.length) return yield* units
  const places = columns.map((column) => head.indexOf(column))
  const cut = (line: string) => {
    const cells = line.split(',')
    return places.map((i) => cells[i]).join(',')
  }
  for await (const { unitUid, lines } of units) yield { unitUid, lines: lines.map(cut).sort() }
}

/** The records that only one of two tables has, unit by unit; see `changedRecords`. */
export async function* changedByUnit(
  before: AsyncIterable<UnitLines>,
  after: AsyncIterable<UnitLines>,
): AsyncGenerator<string> {
  const [olds, news] = [before[Symbol.asyncIterator](), after[Symbol.asyncIterator]()]
  let [old, fresh] = await Promise.all([olds.next(), news.next()])
  while (!old.done || !fresh.done) {
    const unitUid = [old, fresh].flatMap((one) => (one.done ? [] : [one.value.unitUid])).toSorted()[0]
    const ofOld = !old.done && old.value.unitUid === unitUid ? old.value.lines : []
    const ofFresh = !fresh.done && fresh.value.unitUid === unitUid ? fresh.value.lines : []
    yield* changedRecords(ofOld, ofFresh)
    if (ofOld.length > 0) old = await olds.next()
    if (ofFresh.length > 0) fresh = await news.next()
  }
}
