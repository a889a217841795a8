import { type Connection, Schema } from 'mongoose'
import { ROLES } from '../../domain/access/permissions.js'
import { limitsSchema } from './limits.model.js'

const secondFactorSchema = new Schema(
  {
    sealedSecret: { type: String, required: true },
    lastStep: { type: Number, required: true },
    recoveryHashes: { type: [String], required: true, default: undefined },
  },
  { _id: false, strict: 'throw' },
)

/** Accounts of staff. Citizens have none. */
export const accountSchema = new Schema(
  {
    login: { type: String, required: true, immutable: true, match: /^[a-z0-9._-]{2,60}$/ },
    name: { type: String, required: true, maxlength: 120 },
    role: { type: String, required: true, enum: ROLES },
    unitUid: { type: String, default: null, maxlength: 80 },
    limits: { type: limitsSchema, default: null },
    passwordHash: { type: String, required: true },
    createdAt: { type: Date, required: true, immutable: true },
    disabledAt: { type: Date, default: null },
    secondFactor: { type: secondFactorSchema, default: null },
  },
  { collection: 'accounts', strict: 'throw', autoIndex: false, versionKey: false },
)

accountSchema.index({ login: 1 }, { unique: true, name: 'one_account_per_login' })

export const accountModel = (connection: Connection) => connection.model('Account', accountSchema)
