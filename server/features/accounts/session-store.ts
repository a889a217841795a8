import { createHash } from 'node:crypto'
import { MongoStore } from 'connect-mongo'
import type { SessionData } from 'express-session'
import type { Connection } from '../../platform/mongo/connect.js'

declare module 'express-session' {
  interface SessionData {
    accountId?: string
    /** Milliseconds since 1970. */
    signedInAt?: number
    seenAt?: number
  }
}

type Done = (error?: unknown) => void

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/** Whether the session was saved before: every request of a signed-in person but the first moves `seenAt` on. */
const isOld = ({ signedInAt, seenAt }: SessionData) => signedInAt !== undefined && seenAt !== signedInAt

/**
 * Sessions in the database, under the SHA-256 of their id.
 *
 * An old session is updated but never inserted again: a slow page that was under way while its reader signed out would
 * otherwise bring the session back to life when it ends.
 */
class SessionStore extends MongoStore {
  override set(id: string, data: SessionData, done: Done = () => {}): void {
    if (isOld(data)) this.update(id, data).then(() => done(null), done)
    else super.set(id, data, done)
  }

  private async update(id: string, data: SessionData): Promise<void> {
    const sessions = await this.collectionP
    const expires = data.cookie.expires ? { expires: new Date(data.cookie.expires) } : {}
    await sessions.updateOne({ _id: sha256(id) }, { $set: { session: JSON.stringify(data), ...expires } })
  }
}

/** The store in the collection `sessions` of a connection's database. */
export function createSessionStore(connection: Connection) {
  return new SessionStore({
    client: connection.getClient(),
    dbName: connection.name,
    collectionName: 'sessions',
    // The index stands in session.model.ts and is built with all others.
    autoRemove: 'disabled',
    transformId: sha256,
  })
}
