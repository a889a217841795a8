import type { NewResponse } from '../../domain/survey/response.js'
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

/** Responses in MongoDB. */
export function mongoResponseRepository(model: ResponseModel): ResponseRepository {
  const stream = (filter: Readonly<Record<string, unknown>>): AsyncIterable<NewResponse> =>
    model.find(filter).select('-_id').lean<NewResponse>().cursor({ batchSize: BATCH_SIZE })
  return {
    async insert(response) {
      try {
        await model.create(response)
        return 'stored'
      } catch (error) {
        if (isDuplicateKey(error)) return 'duplicate'
        throw error
      }
    },
    async insertBatch(responses) {
      try {
        // Copies: the driver writes the ids it makes into what it is given.
        const records = responses.map((response) => ({ ...response }))
        await model.insertMany(records, { ordered: false, lean: true })
        return responses.length
      } catch (error) {
        if (!isDuplicateKey(error)) throw error
        return responses.length - ((error as { writeErrors?: readonly unknown[] }).writeErrors?.length ?? 0)
      }
    },
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
