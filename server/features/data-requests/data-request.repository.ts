import { isClosed, type RequestKind, type RequestState } from '../../domain/privacy/data-request.js'
import type { Language } from '../../domain/survey/vocabulary.js'
import type { Connection } from '../../platform/mongo/connect.js'
import { dataRequestModel } from './data-request.model.js'

/** A request as kept. */
export interface DataRequest {
  readonly code: string
  readonly kind: RequestKind
  readonly language: Language
  readonly receivedAt: Date
  readonly state: RequestState
  readonly sealed: string | null
  readonly acknowledgedAt: Date | null
  readonly extendedAt: Date | null
  readonly extensionReason: string | null
  readonly closedAt: Date | null
  readonly answer: string | null
  readonly clearedAt: Date | null
}

type NewRequest = Pick<DataRequest, 'code' | 'kind' | 'language' | 'receivedAt' | 'sealed'>

/** A step that one alone of those who try at the same time takes. */
export interface RequestStep {
  readonly from: readonly RequestState[]
  /** Only a request that was not extended before. */
  readonly isFirstExtension?: boolean
  readonly facts: Partial<Omit<DataRequest, keyof NewRequest>>
}

export interface DataRequestRepository {
  insert(request: NewRequest): Promise<void>
  byCode(code: string): Promise<DataRequest | undefined>
  /** Latest first. */
  list(): Promise<readonly DataRequest[]>
  take(code: string, step: RequestStep): Promise<boolean>
  /** Requests that were closed before an instant and still hold what the person wrote. */
  toClear(before: Date): Promise<readonly DataRequest[]>
  clear(code: string, at: Date): Promise<void>
}

type Stored = Omit<DataRequest, 'code'> & { readonly _id: string }
const requestOf = ({ _id, ...rest }: Stored): DataRequest => ({ code: _id, ...rest })

export function mongoDataRequests(connection: Connection): DataRequestRepository {
  const model = dataRequestModel(connection)
  return {
    async insert({ code, ...request }) {
      await model.create({ _id: code, ...request, state: 'received' })
    },
    async byCode(code) {
      const found = await model.findById(code).lean<Stored>()
      return found === null ? undefined : requestOf(found)
    },
    list: async () => (await model.find().sort({ receivedAt: -1 }).lean<Stored[]>()).map(requestOf),
    async take(code, { from, isFirstExtension = false, facts }) {
      const filter = { _id: code, state: { $in: from }, ...(isFirstExtension ? { extendedAt: null } : {}) }
      return (await model.updateOne(filter, { $set: facts })).modifiedCount === 1
    },
    toClear: async (before) =>
      (await model.find({ closedAt: { $lt: before }, sealed: { $ne: null } }).lean<Stored[]>())
        .map(requestOf)
        .filter(({ state }) => isClosed(state)),
    async clear(code, at) {
      await model.updateOne({ _id: code }, { $set: { sealed: null, clearedAt: at } })
    },
  }
}
