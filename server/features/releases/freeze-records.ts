import type { Tally } from '../../domain/index/tally.js'
import type { Questionnaire } from '../../domain/questionnaire/definition.js'
import { type RecordFault, recordCounter, recordsHead } from '../../domain/release/records.js'
import { saltedMeter } from './digests.js'
import { changedByUnit, type UnitLines, unitsOfFile } from './record-lines.js'
import type { Chunks, ReleaseRepository } from './release.repository.js'

export const RECORDS_FILE = 'records.csv'

/** The records of a release as written. */
export interface FrozenRecords {
  readonly tallies: ReadonlyMap<string, Tally>
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
  { questionnaire, salt }: { readonly questionnaire: Questionnaire; readonly salt: string },
): Promise<FrozenRecords> {
  const counter = recordCounter(questionnaire)
  const meter = saltedMeter(salt)
  async function* chunks() {
    yield `${recordsHead(questionnaire)}\n`
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
  return { tallies: counter.tallies(), ...meter.result() }
}

/** Counts of the records that came, went or changed between two tables. */
export async function talliesOfChanged(questionnaire: Questionnaire, before: Chunks, after: Chunks) {
  const counter = recordCounter(questionnaire)
  for await (const line of changedByUnit(unitsOfFile(before), unitsOfFile(after))) refuse(counter.add(line))
  return counter.tallies()
}
