import type { ResponseVoid } from '../../domain/voids/void.js'
import type { StoredPlace, VoidedResponses } from '../responses/index.js'
import type { VoidRepository } from './void.repository.js'

/** What applying needs. */
export interface ApplyNeeds {
  readonly voids: Pick<VoidRepository, 'responsesOf' | 'setApplied' | 'unapplied'>
  readonly voided: Pick<VoidedResponses, 'placesOf' | 'set'>
  readonly tallies: { markStale(place: StoredPlace): Promise<void> }
  readonly now: () => Date
}

export type ApplyVoid = (one: Pick<ResponseVoid, 'id' | 'lifts' | 'state'>) => Promise<void>

const BATCH = 500

/**
 * Takes the responses of an approved void out of the figures, or puts them back.
 *
 * First the responses are set apart, then their cells are marked, so that a fold that counted them in between counts again; then the
 * void is noted as applied. Each step may be done twice, and after a crash all are.
 */
export const makeApplyVoid =
  ({ voids, voided, tallies, now }: ApplyNeeds): ApplyVoid =>
  async ({ id, lifts }) => {
    const ids = await voids.responsesOf(id)
    let batch: StoredPlace[] = []
    const flush = async () => {
      await voided.set(batch, id, lifts === null)
      await Promise.all(batch.map((place) => tallies.markStale(place)))
      batch = []
    }
    for await (const place of voided.placesOf(ids)) {
      batch.push(place)
      if (batch.length === BATCH) await flush()
    }
    await flush()
    await voids.setApplied(id, now())
  }

/** Applies what a crash left approved and not applied; for start-up and a job. */
export async function applyApproved({ voids }: Pick<ApplyNeeds, 'voids'>, apply: ApplyVoid): Promise<number> {
  const left = await voids.unapplied()
  // Oldest first: one may take another back.
  for (const one of left.toReversed()) await apply(one)
  return left.length
}
