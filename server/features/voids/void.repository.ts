import type { ResponseVoid, VoidState } from '../../domain/voids/void.js'
import type { Connection } from '../../platform/mongo/connect.js'
import { voidModel } from './void.model.js'

/** A decision on a proposal. */
export interface VoidDecision {
  readonly state: Exclude<VoidState, 'proposed'>
  readonly decidedBy: string
  readonly decidedAt: Date
  readonly note: string
}

/** Where voids are kept; nothing removes one. */
export interface VoidRepository {
  insert(one: ResponseVoid, responseIds: readonly string[]): Promise<void>
  byId(id: string): Promise<ResponseVoid | undefined>
  /** The responses that it means. */
  responsesOf(id: string): Promise<readonly string[]>
  /** Latest first. */
  list(): Promise<readonly ResponseVoid[]>
  /** Decides on a proposal of somebody else; of two at once, one is told that it was the one who did. */
  decide(id: string, decision: VoidDecision): Promise<boolean>
  /** Approved ones of which the figures have not been told. */
  unapplied(): Promise<readonly ResponseVoid[]>
  setApplied(id: string, at: Date): Promise<void>
}

type Stored = Omit<ResponseVoid, 'id'> & { readonly _id: string }

const voidOf = ({ _id, ...rest }: Stored): ResponseVoid => ({ id: _id, ...rest })

/** Voids in MongoDB. */
export function mongoVoids(connection: Connection): VoidRepository {
  const model = voidModel(connection)
  const find = async (filter: Readonly<Record<string, unknown>>) =>
    (await model.find(filter).select('-responseIds').sort({ proposedAt: -1, _id: -1 }).lean<Stored[]>()).map(voidOf)
  return {
    async insert({ id, ...one }, responseIds) {
      await model.create({ _id: id, ...one, responseIds: [...responseIds] })
    },
    byId: async (id) => (await find({ _id: id }))[0],
    async responsesOf(id) {
      const found = await model.findOne({ _id: id }).select('responseIds').lean<{ readonly responseIds: string[] }>()
      return found?.responseIds ?? []
    },
    list: () => find({}),
    async decide(id, decision) {
      const filter = { _id: id, state: 'proposed' as const, proposedBy: { $ne: decision.decidedBy } }
      return (await model.updateOne(filter, { $set: { ...decision } })).modifiedCount === 1
    },
    unapplied: () => find({ state: 'approved', appliedAt: null }),
    async setApplied(id, at) {
      await model.updateOne({ _id: id }, { $set: { appliedAt: at } })
    },
  }
}
