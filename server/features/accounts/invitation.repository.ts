import type { Connection } from 'mongoose'
import type { Role } from '../../domain/access/permissions.js'
import { invitationModel } from './invitation.model.js'

/** An invitation as stored; the link cannot be won back from it. */
export interface Invitation {
  readonly tokenHash: string
  readonly login: string
  readonly name: string
  readonly role: Role
  readonly unitUid: string | null
  readonly isRenewal: boolean
  readonly createdAt: Date
  readonly expiresAt: Date
}

/** Where invitations are kept; those that ended or are too old are not found. */
export interface InvitationRepository {
  insert(invitation: Invitation): Promise<void>
  find(tokenHash: string, at: Date): Promise<Invitation | undefined>
  /** Those that work, the one that ends first at the front. */
  list(at: Date): Promise<readonly Invitation[]>
  /** Ends one; of two at once, one alone is told that it was the one who did. */
  end(tokenHash: string, at: Date): Promise<boolean>
  /** Ends all of a login. */
  endAll(login: string, at: Date): Promise<void>
}

/** Invitations in the collection `invitations`. */
export function mongoInvitationRepository(connection: Connection): InvitationRepository {
  const model = invitationModel(connection)
  const working = (at: Date) => ({ endedAt: null, expiresAt: { $gt: at } })
  return {
    async insert(invitation) {
      await model.create({ ...invitation, endedAt: null })
    },
    async find(tokenHash, at) {
      return (await model.findOne({ tokenHash, ...working(at) }).lean<Invitation>()) ?? undefined
    },
    list: (at) => model.find(working(at)).sort({ expiresAt: 1 }).lean<Invitation[]>(),
    async end(tokenHash, at) {
      const outcome = await model.updateOne({ tokenHash, ...working(at) }, { $set: { endedAt: at } })
      return outcome.modifiedCount === 1
    },
    async endAll(login, at) {
      await model.updateMany({ login, endedAt: null }, { $set: { endedAt: at } })
    },
  }
}
