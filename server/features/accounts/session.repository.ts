import type { SessionData } from 'express-session'
import type { Connection } from 'mongoose'
import { sessionModel } from './session.model.js'

/** A session as its owner sees it. */
export interface OpenSession {
  /** The SHA-256 of the session's id: it names the session and opens nothing. */
  readonly id: string
  readonly signedInAt: Date
  readonly seenAt: Date
}

/** Sessions by their account. */
export interface SessionBook {
  /** The one used last comes first. */
  listOf(accountId: string, at: Date): Promise<readonly OpenSession[]>
  end(accountId: string, id: string): Promise<void>
  /** Ends all of an account but one; all where none is named. */
  endOthers(accountId: string, keptId?: string): Promise<void>
}

/** Sessions in the collection `sessions`. */
export function mongoSessionBook(connection: Connection): SessionBook {
  const model = sessionModel(connection)
  return {
    async listOf(accountId, at) {
      const found = await model.find({ accountId, expires: { $gt: at } }).lean<{ _id: string; session: string }[]>()
      const sessions = found.map(({ _id, session }) => {
        const { signedInAt = 0, seenAt = 0 } = JSON.parse(session) as SessionData
        return { id: _id, signedInAt: new Date(signedInAt), seenAt: new Date(seenAt) }
      })
      return sessions.sort((a, b) => b.seenAt.getTime() - a.seenAt.getTime())
    },
    async end(accountId, id) {
      await model.deleteOne({ _id: id, accountId })
    },
    async endOthers(accountId, keptId) {
      await model.deleteMany(keptId === undefined ? { accountId } : { accountId, _id: { $ne: keptId } })
    },
  }
}
