import { type Connection, Schema } from 'mongoose'

/** Which account a person at the identity provider signs in to. Of the person no more is kept than a digest. */
export const identitySchema = new Schema(
  {
    /** SHA-256 of issuer and subject. */
    _id: { type: String, required: true, match: /^[0-9a-f]{64}$/ },
    accountId: { type: String, required: true, immutable: true },
    tiedAt: { type: Date, required: true, immutable: true },
  },
  { collection: 'identities', strict: 'throw', autoIndex: false, versionKey: false },
)

identitySchema.index({ accountId: 1 }, { unique: true, name: 'one_identity_per_account' })

export const identityModel = (connection: Connection) => connection.model('Identity', identitySchema)
