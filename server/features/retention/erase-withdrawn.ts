import { ERASE_AFTER_DAYS, isErasure, type ResponseVoid } from '../../domain/voids/void.js'
import type { Audit } from '../audit/index.js'

/** What the job reads and writes. */
export interface EraseNeeds {
  readonly voids: {
    list(): Promise<readonly ResponseVoid[]>
    responsesOf(id: string): Promise<readonly string[]>
  }
  readonly audit: Pick<Audit, 'answered' | 'removeAnswers'>
  readonly now: () => Date
}

const DAY_MS = 86_400_000

/**
 * Erases the answers of responses whose respondents withdrew their consent, some days after two persons took them out of the figures.
 * What is not sealed yet waits for the next run.
 *
 * @returns how many responses lost their answers, and how many lie in a stretch that is not as it was sealed
 */
export function makeEraseWithdrawn({ voids, audit, now }: EraseNeeds) {
  return async (signal?: AbortSignal): Promise<{ readonly erased: number; readonly altered: number }> => {
    const all = await voids.list()
    const isTakenBack = ({ id }: ResponseVoid) => all.some(({ lifts, state }) => lifts === id && state !== 'rejected')
    const before = now().getTime() - ERASE_AFTER_DAYS * DAY_MS
    const due = all.filter(
      (one) => isErasure(one) && one.appliedAt !== null && one.appliedAt.getTime() <= before && !isTakenBack(one),
    )
    let [erased, altered] = [0, 0]
    for (const one of due)
      for (const { id, waveId, items } of await audit.answered(await voids.responsesOf(one.id))) {
        const outcome = await audit.removeAnswers({ wave: waveId, items, ids: [id] }, signal)
        erased += outcome.removed
        altered += outcome.altered.length
      }
    return { erased, altered }
  }
}
