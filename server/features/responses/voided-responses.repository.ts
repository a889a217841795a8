import { Types } from 'mongoose'
import type { NewResponse } from '../../domain/survey/response.js'
import type { Mode } from '../../domain/survey/vocabulary.js'
import type { VoidRule } from '../../domain/voids/void.js'
import type { Connection } from '../../platform/mongo/connect.js'
import { responseModel } from './response.model.js'
import type { ResponseCell } from './response.repository.js'
import { voidedResponseModel } from './voided-response.model.js'

/** Where a response is counted. */
export interface StoredPlace extends ResponseCell {
  readonly id: string
  readonly mode: Mode
  readonly questionnaireHash: string
}

/** Reading and setting which responses are out of the figures. */
export interface VoidedResponses {
  /** Ids, 24 hexadecimal digits, of a wave or of one unit in it. */
  idsOf(waveId: string, unitUid?: string): Promise<ReadonlySet<string>>
  countOf(waveId: string): Promise<number>
  /** The same by the void that took them out last; each is about one unit. */
  outByVoid(waveId: string): Promise<readonly { readonly unitUid: string; readonly ids: readonly string[] }[]>
  /** Ids of the responses that a rule means and that are not out already, as they are now. */
  find(rule: VoidRule): AsyncIterable<string>
  /** Where responses are counted, by their ids. */
  placesOf(ids: readonly string[]): AsyncIterable<StoredPlace>
  /** The responses themselves, whether they are out of the figures or not. */
  responsesById(ids: readonly string[]): AsyncIterable<NewResponse>
  /** Takes responses out, or back in; doing it again changes nothing. */
  set(places: readonly StoredPlace[], voidId: string, isVoided: boolean): Promise<void>
}

interface OutResponse {
  readonly _id: Types.ObjectId
  readonly voidId: string
  readonly unitUid: string
}

const BATCH_SIZE = 500
const PLACE = 'waveId unitUid service channel day mode questionnaireHash'

export function mongoVoidedResponses(connection: Connection): VoidedResponses {
  const voided = voidedResponseModel(connection)
  const responses = responseModel(connection)
  const idsOf = async (waveId: string, unitUid?: string) => {
    const filter = { waveId, isVoided: true, ...(unitUid === undefined ? {} : { unitUid }) }
    const found = await voided.find(filter).select('_id').lean<{ readonly _id: Types.ObjectId }[]>()
    return new Set(found.map(({ _id }) => String(_id)))
  }
  return {
    idsOf,
    async outByVoid(waveId) {
      const found = await voided.find({ waveId, isVoided: true }).select('voidId unitUid').lean<OutResponse[]>()
      const groups = new Map<string, { readonly unitUid: string; readonly ids: string[] }>()
      for (const { _id, voidId, unitUid } of found) {
        const group = groups.get(voidId) ?? { unitUid, ids: [] }
        groups.set(voidId, group)
        group.ids.push(String(_id))
      }
      return [...groups.values()]
    },
    countOf: (waveId) => voided.countDocuments({ waveId, isVoided: true }),
    async *find({ waveId, unitUid, service, channel, from, to }) {
      const out = await idsOf(waveId, unitUid)
      const filter = {
        waveId,
        unitUid,
        day: { $gte: from, $lt: to },
        ...(service === null ? {} : { service }),
        ...(channel === null ? {} : { channel }),
      }
      const found = responses.find(filter).select('_id').lean<{ readonly _id: Types.ObjectId }>()
      for await (const { _id } of found.cursor({ batchSize: BATCH_SIZE })) if (!out.has(String(_id))) yield String(_id)
    },
    async *placesOf(ids) {
      for (let i = 0; i < ids.length; i += BATCH_SIZE) {
        const some = ids.slice(i, i + BATCH_SIZE).map((id) => new Types.ObjectId(id))
        const found = await responses
          .find({ _id: { $in: some } })
          .select(PLACE)
          .lean<(Omit<StoredPlace, 'id'> & { readonly _id: Types.ObjectId })[]>()
        for (const { _id, ...place } of found) yield { id: String(_id), ...place }
      }
    },
    async *responsesById(ids) {
      for (let i = 0; i < ids.length; i += BATCH_SIZE) {
        const some = ids.slice(i, i + BATCH_SIZE).map((id) => new Types.ObjectId(id))
        yield* await responses
          .find({ _id: { $in: some } })
          .select('-_id')
          .lean<NewResponse[]>()
      }
    },
    async set(places, voidId, isVoided) {
      if (places.length === 0) return
      await voided.bulkWrite(
        places.map(({ id, waveId, unitUid }) => ({
          updateOne: {
            filter: { _id: new Types.ObjectId(id) },
            update: { $set: { voidId, isVoided }, $setOnInsert: { waveId, unitUid } },
            upsert: true,
          },
        })),
        { ordered: false },
      )
    },
  }
}
