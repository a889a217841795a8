import { randomUUID } from 'node:crypto'
import type { Connection } from '../../platform/mongo/connect.js'
import { savedViewModel } from './saved-view.model.js'

/** A page of figures under a name. */
export interface SavedView {
  readonly id: string
  /** Whose it is. */
  readonly login: string
  readonly name: string
  readonly address: string
  /** Others who see the city's figures may open it too. */
  readonly isShared: boolean
  readonly savedAt: Date
}

export interface SavedViewRepository {
  /** Keeps a view; one of the same owner and name is replaced. */
  save(view: Omit<SavedView, 'id'>): Promise<void>
  /** Own views and those that others share, latest first. */
  listFor(login: string): Promise<readonly SavedView[]>
  countOf(login: string): Promise<number>
  has(login: string, name: string): Promise<boolean>
  /** @returns whether it was there, and the login's own */
  remove(login: string, id: string): Promise<boolean>
}

type Stored = Omit<SavedView, 'id'> & { readonly _id: string }

export function mongoSavedViews(connection: Connection): SavedViewRepository {
  const model = savedViewModel(connection)
  return {
    async save({ login, name, ...facts }) {
      await model.updateOne({ login, name }, { $set: facts, $setOnInsert: { _id: randomUUID() } }, { upsert: true })
    },
    async listFor(login) {
      const found = await model
        .find({ $or: [{ login }, { isShared: true }] })
        .sort({ savedAt: -1, _id: 1 })
        .lean<Stored[]>()
      return found.map(({ _id, ...view }) => ({ id: _id, ...view }))
    },
    countOf: (login) => model.countDocuments({ login }),
    has: async (login, name) => (await model.findOne({ login, name }).lean<Stored>()) !== null,
    remove: async (login, id) => (await model.deleteOne({ _id: id, login })).deletedCount === 1,
  }
}
