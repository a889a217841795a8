import { type Connection, Schema } from 'mongoose'
import { ROLES } from '../../domain/access/permissions.js'
import { limitsSchema } from './limits.model.js'

/** Links by which somebody sets the password of an account. The link itself is not kept: only the SHA-256 of its token. */
export const invitationSchema = new Schema(
  {
    tokenHash: { type: String, required: true, immutable: true, match: /^[0-9a-f]{64}$/ },
    login: { type: String, required: true, immutable: true },
    name: { type: String, required: true, immutable: true },
    role: { type: String, required: true, immutable: true, enum: ROLES },
    unitUid: { type: String, default: null, immutable: true },
    limits: { type: limitsSchema, default: null, immutable: true },
    /** For an account that exists: its password is replaced. */
    isRenewal: { type: Boolean, required: true, immutable: true },
    createdAt: { type: Date, required: true, immutable: true },
    expiresAt: { type: Date, required: true, immutable: true },
    /** When it was used or withdrawn; `null` while it works. */
    endedAt: { type: Date, default: null },
  },
  { collection: 'invitations', strict: 'throw', autoIndex: false, versionKey: false },
)

invitationSchema.index({ tokenHash: 1 }, { unique: true, name: 'invitation_by_hash' })

export const invitationModel = (connection: Connection) => connection.model('Invitation', invitationSchema)
