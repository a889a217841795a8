import { createHash } from 'node:crypto'
import { MongoStore } from 'connect-mongo'
import type { SessionData } from 'express-session'
import type { Connection } from '../../platform/mongo/connect.js'
import type { ProviderTrip, SignedInBy } from './sign-in-ways.js'

declare module 'express-session' {
  interface SessionData {
    accountId?: string
    /** Who has given the right password and owes the second factor; when that was. */
    pendingId?: string
    pendingAt?: number
    pendingNext?: string
    /** By what they have shown who they are before the second factor. */
    pendingBy?: SignedInBy
    /** A way to the identity provider that this browser began. */
    trip?: ProviderTrip
    /** Until when the account may be tied to a person at the provider: the password was given. */
    mayTieUntil?: number
    /** The secret of a second factor before its first code, sealed. */
    enrolling?: string
    /** Milliseconds since 1970. */
    signedInAt?: number
    seenAt?: number
  }
}

type Done = (error?: unknown) => void

/** Under which a session is stored. */
export const storedSessionId = (id: string): string => createHash('sha256').update(id).digest('hex')

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
    this.write(id, data).then(() => done(null), done)
  }

  private async write(id: string, data: SessionData): Promise<void> {
    const sessions = await this.collectionP
    const expires = data.cookie.expires ? { expires: new Date(data.cookie.expires) } : {}
    const owner = data.accountId === undefined ? {} : { accountId: data.accountId }
    const stored = { session: JSON.stringify(data), ...owner, ...expires }
    await sessions.updateOne({ _id: storedSessionId(id) }, { $set: stored }, { upsert: !isOld(data) })
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
    transformId: storedSessionId,
  })
}
