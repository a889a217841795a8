import { type CaseTable, createCaseTable } from '../../domain/method/case-table.js'
import type { NewResponse } from '../../domain/survey/response.js'
import type { Wave } from '../../domain/survey/wave.js'
import { pause } from './pause.js'

/** What one unit's responses leave behind: two counts, and one byte for each item and counted response. */
export interface CollectedUnit {
  readonly receivedCount: number
  readonly cases: CaseTable
}

/**
 * Reads a wave once and keeps the answers to the items of a method.
 *
 * Complete cases of the wave's own questionnaire and mode count, as in the live report; the others are received and nothing
 * else. Memory: `items.length` bytes a complete response, whatever else it holds.
 */
export async function collectCases(
  responses: AsyncIterable<Pick<NewResponse, 'unitUid' | 'disposition' | 'questionnaireHash' | 'mode' | 'answers'>>,
  { questionnaireHash, mode }: Pick<Wave, 'questionnaireHash' | 'mode'>,
  items: readonly string[],
): Promise<ReadonlyMap<string, CollectedUnit>> {
  const units = new Map<string, { received: number; readonly table: ReturnType<typeof createCaseTable> }>()
  for await (const response of responses) {
    if (response.questionnaireHash !== questionnaireHash || response.mode !== mode) continue
    const known = units.get(response.unitUid)
    const unit = known ?? { received: 0, table: createCaseTable(items) }
    if (known === undefined) units.set(response.unitUid, unit)
    unit.received += 1
    if (response.disposition === 'complete') unit.table.add(response.answers)
  }
  const collected = new Map<string, CollectedUnit>()
  for (const [uid, { received, table }] of units) {
    collected.set(uid, { receivedCount: received, cases: table.result() })
    await pause()
  }
  return collected
}
