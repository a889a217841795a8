import type { Questionnaire } from '../../domain/questionnaire/definition.js'
import { recordMaker } from '../../domain/release/records.js'
import type { NewResponse } from '../../domain/survey/response.js'
import type { Wave } from '../../domain/survey/wave.js'

type Read = Pick<NewResponse, 'unitUid' | 'disposition' | 'answers' | 'questionnaireHash' | 'mode'>

const pause = () => new Promise((resolve) => setImmediate(resolve))

/**
 * The records of a wave as lines in the order of their characters, which says nothing of when they came in.
 *
 * Responses to another form, of another mode or about a unit outside the wave are left out, as in every report. All lines are in memory,
 * about 100 bytes each; they are put in order unit by unit, the server answering others meanwhile.
 */
export async function collectLines(
  responses: AsyncIterable<Read>,
  { questionnaireHash, mode, unitUids }: Wave,
  questionnaire: Questionnaire,
): Promise<readonly string[]> {
  const lineOf = recordMaker(questionnaire)
  const byUnit = new Map(unitUids.map((uid) => [uid, [] as string[]]))
  for await (const response of responses) {
    if (response.questionnaireHash !== questionnaireHash || response.mode !== mode) continue
    byUnit.get(response.unitUid)?.push(lineOf(response))
  }
  const lines: string[] = []
  // A comma comes before every character of a uid, so that the order of units is that of their lines.
  for (const uid of [...byUnit.keys()].sort()) {
    for (const line of byUnit.get(uid)!.sort()) lines.push(line)
    await pause()
  }
  return lines
}
