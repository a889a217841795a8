import { type Connection, Schema } from 'mongoose'

/** Bearer tokens of scripts. The token itself is not kept: only its SHA-256. */
export const tokenSchema = new Schema(
  {
    tokenHash: { type: String, required: true, immutable: true, match: /^[0-9a-f]{64}$/ },
    name: { type: String, required: true, maxlength: 120 },
    accountId: { type: Schema.Types.ObjectId, required: true, immutable: true },
    createdAt: { type: Date, required: true, immutable: true },
    expiresAt: { type: Date, required: true, immutable: true },
    /** Calendar day, so that a use costs one write a day and says no more than an operator needs. */
    lastUsedOn: { type: String, default: null },
    revokedAt: { type: Date, default: null },
  },
  { collection: 'tokens', strict: 'throw', autoIndex: false, versionKey: false },
)

tokenSchema.index({ tokenHash: 1 }, { unique: true, name: 'token_by_hash' })

export const tokenModel = (connection: Connection) => connection.model('Token', tokenSchema)
