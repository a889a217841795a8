import { type Connection, Types } from 'mongoose'
import { responseModel } from './response.model.js'

/** A response as it lies in the database, also where somebody wrote into it what no response holds. */
export interface StoredResponse {
  /** 24 hexadecimal digits, of which the first 8 are the second at which it was stored. */
  readonly id: string
  readonly fields: Readonly<Record<string, unknown>>
}

/** A response that still says something. */
export interface AnsweredResponse {
  readonly id: string
  readonly waveId: string
  readonly items: readonly string[]
}

/** Reads responses in the order of their ids, in constant memory. */
export interface StoredResponses {
  /** Those from an id on, up to another, which is left out; `null`: to the end. */
  between(fromId: string, toId: string | null): AsyncIterable<StoredResponse>
  /** Those of some responses that still have answers, with the codes of their items. */
  answered(ids: readonly string[]): Promise<readonly AnsweredResponse[]>
  /** Takes answers out for good; for removals that the log tells alone. */
  removeAnswers(ids: readonly string[], items: readonly string[]): Promise<void>
  /** All there are, also under ids that no response was given. */
  count(): Promise<number>
}

const BATCH_SIZE = 500

export function mongoStoredResponses(connection: Connection): StoredResponses {
  const model = responseModel(connection)
  return {
    async *between(fromId, toId) {
      const range = {
        $gte: new Types.ObjectId(fromId),
        ...(toId === null ? {} : { $lt: new Types.ObjectId(toId) }),
      }
      const found = model.find({ _id: range }).sort({ _id: 1 }).lean<{ readonly _id: Types.ObjectId }>()
      for await (const { _id, ...fields } of found.cursor({ batchSize: BATCH_SIZE })) {
        yield { id: String(_id), fields: fields as Readonly<Record<string, unknown>> }
      }
    },
    async answered(ids) {
      const wanted = ids.map((id) => new Types.ObjectId(id))
      const found = await model
        .find({ _id: { $in: wanted } })
        .select('waveId answers')
        .lean<{ readonly _id: Types.ObjectId; readonly waveId: string; readonly answers: object }[]>()
      return found
        .map(({ _id, waveId, answers }) => ({ id: String(_id), waveId, items: Object.keys(answers) }))
        .filter(({ items }) => items.length > 0)
    },
    async removeAnswers(ids, items) {
      const fields = Object.fromEntries(items.map((code) => [`answers.${code}`, '']))
      for (let i = 0; i < ids.length; i += BATCH_SIZE) {
        const some = ids.slice(i, i + BATCH_SIZE).map((id) => new Types.ObjectId(id))
        // Past the model, for which an answer never changes.
        await model.collection.updateMany({ _id: { $in: some } }, { $unset: fields })
      }
    },
    count: () => model.countDocuments(),
  }
}
