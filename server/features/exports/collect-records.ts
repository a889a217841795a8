import { secondsOf } from '../../domain/analysis/analysis-case.js'
import { medianOfCounts } from '../../domain/analysis/wave-frame.js'
import type { MicrodataPlan } from '../../domain/microdata/microdata-plan.js'
import { createValueRanks } from '../../domain/microdata/quasi-keys.js'
import { recordMaker } from '../../domain/microdata/records.js'
import { createWithholding } from '../../domain/microdata/withholding.js'
import type { NewResponse } from '../../domain/survey/response.js'
import type { RecordSpool } from './record-spool.js'

/** Records between two looks at who else wants the processor. */
const BATCH = 2000

const pause = () => new Promise((resolve) => setImmediate(resolve))

/**
 * Reads a wave once into the spool: whatever comes in later is not part of the export.
 *
 * Responses to another form or of another mode are left out, as in every report.
 *
 * @param k fewest rows that must look alike
 * @param onProgress told how many have been read, now and then
 */
export async function collectRecords(
  plan: MicrodataPlan,
  responses: AsyncIterable<NewResponse>,
  spool: RecordSpool,
  k: number,
  onProgress: (read: number) => void = () => undefined,
) {
  const { wave } = plan.source
  const toRecord = recordMaker(plan)
  const ranks = createValueRanks(plan)
  const times = new Map<number, number>()
  let leftOut = 0
  for await (const response of responses) {
    if (response.questionnaireHash !== wave.questionnaireHash || response.mode !== wave.mode) {
      leftOut += 1
      continue
    }
    const record = toRecord(response)
    ranks.observe(record)
    const seconds = secondsOf(response)
    times.set(seconds, (times.get(seconds) ?? 0) + 1)
    spool.write(record)
    if (spool.count % BATCH === 0) onProgress(spool.count)
  }
  const withholding = createWithholding(plan, ranks.keys(), k)
  let added = 0
  for (const record of spool.records('as_stored')) {
    withholding.add(record)
    if (++added % BATCH === 0) await pause()
  }
  return { leftOut, medianSeconds: medianOfCounts(times), outcome: withholding.decide() }
}
