import { type Connection, Schema } from 'mongoose'

/**
 * The collection that connect-mongo writes; declared here so that the step which builds all indexes builds this one.
 *
 * `_id` is the SHA-256 of the session id: whoever reads the database cannot take a session over.
 */
export const sessionSchema = new Schema(
  {
    _id: { type: String, required: true },
    session: { type: String, required: true },
    /** Whose it is; absent before sign-in. */
    accountId: { type: String },
    expires: { type: Date, required: true },
  },
  { collection: 'sessions', strict: 'throw', autoIndex: false, versionKey: false },
)

sessionSchema.index({ accountId: 1 }, { name: 'sessions_of_an_account' })
sessionSchema.index({ expires: 1 }, { expireAfterSeconds: 0, name: 'remove_expired_sessions' })

export const sessionModel = (connection: Connection) => connection.model('Session', sessionSchema)
