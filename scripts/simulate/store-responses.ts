import type { NewResponse } from '../../server/domain/survey/response.js'

/** Responses written at once. */
const BATCH = 500

/** The bulk door of the intake. */
export interface BulkDoor {
  insertBatch(responses: readonly NewResponse[]): Promise<number>
}

/**
 * Stores responses in bulk, the next ones being made meanwhile: the database works on its own thread.
 *
 * @returns how many were new
 */
export async function storeResponses(
  door: BulkDoor,
  responses: Iterable<NewResponse>,
  batchSize = BATCH,
): Promise<number> {
  let total = 0
  let batch: NewResponse[] = []
  let storing: Promise<number> = Promise.resolve(0)
  const store = async () => {
    const full = batch
    batch = []
    total += await storing
    storing = door.insertBatch(full)
    // Looked at when the next batch is full; until then a failure must not count as unhandled.
    storing.catch(() => {})
  }
  for (const response of responses) if (batch.push(response) === batchSize) await store()
  await store()
  return total + (await storing)
}
