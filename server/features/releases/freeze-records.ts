import type { AnalysisPlan } from '../../domain/analysis/analysis-plan.js'
import { type RecordCounts, type RecordFault, recordCounter, recordsHead } from '../../domain/release/records.js'
import { saltedMeter } from './digests.js'
import { changedByUnit, headOfFile, keepColumns, type UnitLines, unitsOfFile } from './record-lines.js'
import type { Chunks, ReleaseRepository } from './release.repository.js'

export const RECORDS_FILE = 'records.csv'

/** The records of a release as written. */
export interface FrozenRecords {
  readonly counts: RecordCounts
  readonly bytes: number
  /** Under the salt of the release. */
  readonly digest: string
}

const refuse = (fault: RecordFault | null) => {
  if (fault !== null) throw new Error(`A record is not as records are: ${JSON.stringify(fault)}`)
}

/** Writes the table of records and counts it on the way: what is counted is what is written. */
export async function freezeRecords(
  releases: Pick<ReleaseRepository, 'writeFile'>,
  id: string,
  units: AsyncIterable<UnitLines>,
  { plan, salt }: { readonly plan: AnalysisPlan; readonly salt: string },
): Promise<FrozenRecords> {
  const counter = recordCounter(plan)
  const meter = saltedMeter(salt)
  async function* chunks() {
    yield `${recordsHead(plan)}\n`
    for await (const { lines } of units) {
      for (const line of lines) refuse(counter.add(line))
      yield `${lines.join('\n')}\n`
    }
  }
  async function* measured() {
    for await (const text of chunks()) {
      const bytes = Buffer.from(text)
      meter.add(bytes)
      yield bytes
    }
  }
  await releases.writeFile(id, RECORDS_FILE, measured())
  return { counts: counter.result(), ...meter.result() }
}

/** Makes what opens a table of records; a stream can be read once. */
export type OpenFile = () => Chunks

/**
 * Counts of the records that came, went or changed between two tables.
 *
 * A table of an earlier layout has fewer columns: then both are compared in those, since no figure of that release is made of
 * more.
 *
 * @returns the counts, and whether the earlier table had every column
 */
export async function countsOfChanged(plan: AnalysisPlan, before: OpenFile, after: OpenFile) {
  const [old, fresh] = [await headOfFile(before()), await headOfFile(after())]
  const columns = fresh.filter((column) => old.includes(column))
  const read = (open: OpenFile, head: readonly string[]) => keepColumns(unitsOfFile(open()), head, columns)
  const counter = recordCounter(plan, columns)
  for await (const line of changedByUnit(read(before, old), read(after, fresh))) refuse(counter.add(line))
  return { counts: counter.result(), isWhole: columns.length === fresh.length }
}
