import { type Part, type Scope, within } from '../../domain/access/scope.js'
import type { NewResponse } from '../../domain/survey/response.js'
import type { UnitRange } from '../../domain/survey/unit-range.js'
import { createBatcher } from '../../platform/batcher.js'
import { rangeFilter } from '../../platform/mongo/range-filter.js'
import type { ResponseModel } from './response.model.js'

/** The responses that one tally counts: what was collected at one place by one door on one day. */
export type ResponseCell = Pick<NewResponse, 'waveId' | 'unitUid' | 'service' | 'channel' | 'day'>

/**
 * Ways to read responses back, in constant memory. Order is that of the index read, and no promise unless said. Those that two
 * persons voided are left out, so that nothing made of responses counts them.
 */
export interface ResponseReader {
  streamCell(cell: ResponseCell): AsyncIterable<NewResponse>
  /** Responses of a wave, or of a part of it, as far as they lie in the scope. */
  streamWave(scope: Scope, waveId: string, part?: Part): AsyncIterable<NewResponse>
  /** Responses of units whose uid lies after one and up to another: all there are, for counting. */
  streamUnits(waveId: string, range: UnitRange): AsyncIterable<NewResponse>
  /** The first unit after another by uid, or of all, that has a response in the wave; `undefined` after the last. */
  nextUnit(waveId: string, after: string | null): Promise<string | undefined>
  /** Responses stored at or after an instant, oldest first. */
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

/**
 * What came of each of several unordered inserts, by place; those not named are stored.
 *
 * @throws what failed, when it is not known for each of them: an outage, a write that was not made durable
 */
function failuresIn(error: unknown): ReadonlyMap<number, 'duplicate' | Error> {
  const { writeErrors, result } = error as {
    writeErrors?: readonly { readonly index: number; readonly code?: number; readonly errmsg?: string }[]
    result?: { getWriteConcernError?(): unknown }
  }
  if (!Array.isArray(writeErrors) || writeErrors.length === 0 || result?.getWriteConcernError?.()) throw error
  return new Map(
    writeErrors.map(({ index, code, errmsg }) => [
      index,
      code === DUPLICATE_KEY ? 'duplicate' : new Error(`A response was not stored: ${errmsg}`, { cause: error }),
    ]),
  )
}

const WHOLE: Part = { unitUids: null, services: null, period: { from: null, to: null } }

function conditionsOf({ unitUids, services, period: { from, to } }: Part): Readonly<Record<string, unknown>> {
  const days = { ...(from === null ? {} : { $gte: from }), ...(to === null ? {} : { $lt: to }) }
  return {
    ...(unitUids === null ? {} : { unitUid: { $in: [...unitUids] } }),
    ...(services === null ? {} : { service: services.length === 1 ? services[0] : { $in: [...services] } }),
    ...(from === null && to === null ? {} : { day: days }),
  }
}

/** Ids of voided responses of a wave, or of one unit in it. */
export type FindVoided = (waveId: string, unitUid?: string) => Promise<ReadonlySet<string>>

type Stored = NewResponse & { readonly _id: unknown }

/** The responses that are not voided; the ids of each wave's are asked for when its first comes. */
async function* withoutVoided(
  responses: AsyncIterable<Stored>,
  voidedOf: (waveId: string) => Promise<ReadonlySet<string>>,
): AsyncGenerator<NewResponse> {
  const known = new Map<string, ReadonlySet<string>>()
  for await (const { _id, ...response } of responses) {
    const { waveId } = response
    const voided = known.get(waveId) ?? (await voidedOf(waveId))
    known.set(waveId, voided)
    if (voided.size === 0 || !voided.has(String(_id))) yield response
  }
}

/** Responses in MongoDB. */
export function mongoResponseRepository(model: ResponseModel, findVoided: FindVoided): ResponseRepository {
  const find = (filter: Readonly<Record<string, unknown>>) => model.find(filter).lean<Stored>()
  const stream = (filter: Readonly<Record<string, unknown>>, unitUid?: string): AsyncIterable<NewResponse> =>
    withoutVoided(find(filter).cursor({ batchSize: BATCH_SIZE }), (waveId) => findVoided(waveId, unitUid))

  async function insertAll(responses: readonly NewResponse[]): Promise<ReadonlyMap<number, 'duplicate' | Error>> {
    try {
      // Copies: the driver writes the ids it makes into what it is given.
      const records = responses.map((response) => ({ ...response }))
      await model.insertMany(records, { ordered: false, lean: true })
      return new Map()
    } catch (error) {
      return failuresIn(error)
    }
  }

  // Responses that come in at the same time are stored by one command, each on its own: what befalls one does not touch others.
  const insertSoon = createBatcher(async (responses: readonly NewResponse[]) => {
    const failures = await insertAll(responses)
    return responses.map((_, i) => failures.get(i) ?? ('stored' as const))
  })

  return {
    async insert(response) {
      await new model(response).validate()
      return insertSoon(response)
    },
    async insertBatch(responses) {
      const failures = [...(await insertAll(responses)).values()]
      const error = failures.find((failure) => failure !== 'duplicate')
      if (error !== undefined) throw error
      return responses.length - failures.length
    },
    async findBySubmission(submissionId) {
      return (await model.findOne({ submissionId }).select('-_id').lean<NewResponse>()) ?? undefined
    },
    streamCell: ({ waveId, unitUid, service, channel, day }) =>
      stream({ waveId, unitUid, service, channel, day }, unitUid),
    streamWave: (scope, waveId, part = WHOLE) => stream({ waveId, ...conditionsOf(within(scope, part)) }),
    streamUnits: (waveId, range) => stream({ waveId, ...rangeFilter('unitUid', range) }),
    async nextUnit(waveId, after) {
      const filter = { waveId, ...rangeFilter('unitUid', { after, upTo: null }) }
      const next = await model.findOne(filter).sort({ unitUid: 1 }).select('unitUid').lean<{ unitUid: string }>()
      return next?.unitUid
    },
    since: (instant) =>
      withoutVoided(
        find({ submittedAt: { $gte: instant } })
          .sort({ submittedAt: 1 })
          .cursor({ batchSize: BATCH_SIZE }),
        findVoided,
      ),
  }
}
