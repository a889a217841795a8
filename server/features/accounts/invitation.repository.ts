import type { Connection } from 'mongoose'
import type { ScopeLimits } from '../../domain/access/limits.js'
import type { Role } from '../../domain/access/permissions.js'
import { invitationModel } from './invitation.model.js'
import { fromStoredLimits, type StoredLimits, toStoredLimits } from './limits.model.js'

/** An invitation as stored; the link cannot be won back from it. */
export interface Invitation {
  readonly tokenHash: string
  readonly login: string
  readonly name: string
  readonly role: Role
  readonly unitUid: string | null
  readonly limits: ScopeLimits
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

type Stored = Omit<Invitation, 'limits'> & { readonly limits?: StoredLimits | null }

const toInvitation = ({ limits, ...rest }: Stored): Invitation => ({ ...rest, limits: fromStoredLimits(limits) })

/** Invitations in the collection `invitations`. */
export function mongoInvitationRepository(connection: Connection): InvitationRepository {
  const model = invitationModel(connection)
  const working = (at: Date) => ({ endedAt: null, expiresAt: { $gt: at } })
  return {
    async insert(invitation) {
      await model.create({ ...invitation, limits: toStoredLimits(invitation.limits), endedAt: null })
    },
    async find(tokenHash, at) {
      const stored = await model.findOne({ tokenHash, ...working(at) }).lean<Stored>()
      return stored === null ? undefined : toInvitation(stored)
    },
    async list(at) {
      return (await model.find(working(at)).sort({ expiresAt: 1 }).lean<Stored[]>()).map(toInvitation)
    },
    async end(tokenHash, at) {
      const outcome = await model.updateOne({ tokenHash, ...working(at) }, { $set: { endedAt: at } })
      return outcome.modifiedCount === 1
    },
    async endAll(login, at) {
      await model.updateMany({ login, endedAt: null }, { $set: { endedAt: at } })
    },
  }
}
