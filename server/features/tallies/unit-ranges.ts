import type { UnitRange } from '../../domain/survey/unit-range.js'
import type { ResponseReader } from './tally-store.js'

/**
 * Cuts the units of a wave into ranges that together hold every unit there can be, each with one that has responses. No cell
 * spans two units, so that ranges can be counted apart, in any order and at the same time.
 */
export async function unitRanges(
  responses: Pick<ResponseReader, 'nextUnit'>,
  waveId: string,
): Promise<readonly UnitRange[]> {
  const ranges: UnitRange[] = []
  let after: string | null = null
  for (;;) {
    const upTo = await responses.nextUnit(waveId, after)
    if (upTo === undefined) break
    ranges.push({ after, upTo })
    after = upTo
  }
  return [...ranges.slice(0, -1), { after: ranges.at(-1)?.after ?? null, upTo: null }]
}
