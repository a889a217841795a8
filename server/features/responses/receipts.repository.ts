import type { Types } from 'mongoose'
import type { Connection } from '../../platform/mongo/connect.js'
import { receiptOf } from './receipt.js'
import { responseModel } from './response.model.js'

/** Where a response is counted, and which it is; nothing of what it says. */
export interface FoundResponse {
  /** 24 hexadecimal digits. */
  readonly id: string
  readonly waveId: string
  readonly unitUid: string
  readonly service: string
  readonly channel: string
  readonly day: string
}

const BATCH_SIZE = 500
const PLACE = 'submissionId waveId unitUid service channel day'

/**
 * Finds the response that a receipt was given for. No receipt is stored, so that the codes of all responses of the wave are worked
 * out: some ten seconds for a hundred thousand.
 */
export function receiptFinder(connection: Connection, secret: string) {
  const model = responseModel(connection)
  return async (waveId: string, receipt: string): Promise<FoundResponse | undefined> => {
    type Stored = Omit<FoundResponse, 'id'> & { readonly _id: Types.ObjectId; readonly submissionId: string }
    const found = model.find({ waveId }).select(PLACE).lean<Stored>()
    for await (const { _id, submissionId, ...place } of found.cursor({ batchSize: BATCH_SIZE }))
      if (receiptOf(submissionId, secret) === receipt) return { id: String(_id), ...place }
    return undefined
  }
}
