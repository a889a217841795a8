import type { NewResponse } from '../../domain/survey/response.js'
import { createBatcher } from '../../platform/batcher.js'
import type { ResponseModel } from './response.model.js'

/** The responses that one tally counts: what was collected at one place by one door on one day. */
export type ResponseCell = Pick<NewResponse, 'waveId' | 'unitUid' | 'service' | 'channel' | 'day'>

/** Ways to read responses back, in constant memory. Order is that of the index read, and no promise. */
export interface ResponseReader {
  streamCell(cell: ResponseCell): AsyncIterable<NewResponse>
  streamWave(waveId: string): AsyncIterable<NewResponse>
  /** Responses about some units of a wave, and one service where it is given. */
  streamUnits(waveId: string, unitUids: readonly string[], service: string | null): AsyncIterable<NewResponse>
  /** Responses stored at or after an instant. */
  since(instant: Date): AsyncIterable<NewResponse>
}

/** Where responses are kept. Nothing changes or removes one. */
export interface ResponseRepository extends ResponseReader {
  /** Stores a response, once per submission id. */
  insert(response: NewResponse): Promise<'stored' | 'duplicate'>
  /**
   * Stores checked responses in bulk, once per submission id; their tallies are then built, not marked.
   *
   * @returns how many were new
   */
  insertBatch(responses: readonly NewResponse[]): Promise<number>
  findBySubmission(submissionId: string): Promise<NewResponse | undefined>
}

const DUPLICATE_KEY = 11000
const BATCH_SIZE = 500

const isDuplicateKey = (error: unknown) => (error as { code?: unknown } | null)?.code === DUPLICATE_KEY

/** Which of several inserts were refused as duplicates, by place; anything else that failed is thrown. */
function duplicatesIn(error: unknown): ReadonlySet<number> {
  const failed = (error as { writeErrors?: readonly { readonly index: number; readonly code?: number }[] }).writeErrors
  if (!isDuplicateKey(error) || failed === undefined || failed.some(({ code }) => code !== DUPLICATE_KEY)) throw error
  return new Set(failed.map(({ index }) => index))
}

/** Responses in MongoDB. */
export function mongoResponseRepository(model: ResponseModel): ResponseRepository {
  const stream = (filter: Readonly<Record<string, unknown>>): AsyncIterable<NewResponse> =>
    model.find(filter).select('-_id').lean<NewResponse>().cursor({ batchSize: BATCH_SIZE })

  async function insertAll(responses: readonly NewResponse[]): Promise<ReadonlySet<number>> {
    try {
      // Copies: the driver writes the ids it makes into what it is given.
      const records = responses.map((response) => ({ ...response }))
      await model.insertMany(records, { ordered: false, lean: true })
      return new Set()
    } catch (error) {
      return duplicatesIn(error)
    }
  }

  // Responses that come in at the same time are stored by one command, each on its own: one may be a duplicate, others not.
  const insertSoon = createBatcher(async (responses: readonly NewResponse[]) => {
    const duplicates = await insertAll(responses)
    return responses.map((_, i) => (duplicates.has(i) ? 'duplicate' : 'stored'))
  })

  return {
    async insert(response) {
      await new model(response).validate()
      return insertSoon(response)
    },
    insertBatch: async (responses) => responses.length - (await insertAll(responses)).size,
    async findBySubmission(submissionId) {
      return (await model.findOne({ submissionId }).select('-_id').lean<NewResponse>()) ?? undefined
    },
    streamCell: ({ waveId, unitUid, service, channel, day }) => stream({ waveId, unitUid, service, channel, day }),
    streamWave: (waveId) => stream({ waveId }),
    streamUnits: (waveId, unitUids, service) =>
      stream({ waveId, unitUid: { $in: [...unitUids] }, ...(service === null ? {} : { service }) }),
    since: (instant) => stream({ submittedAt: { $gte: instant } }),
  }
}
