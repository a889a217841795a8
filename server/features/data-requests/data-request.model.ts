import { type Connection, Schema } from 'mongoose'
import { REQUEST_KINDS, REQUEST_STATES } from '../../domain/privacy/data-request.js'

const fixed = { type: String, required: true, immutable: true } as const
const later = { type: String, default: null } as const

/** What people ask about their own data. What they wrote lies sealed in `sealed`, and goes 30 days after the end. */
export const dataRequestSchema = new Schema(
  {
    /** The code that the person keeps. */
    _id: fixed,
    kind: { ...fixed, enum: REQUEST_KINDS },
    language: fixed,
    receivedAt: { type: Date, required: true, immutable: true },
    state: { type: String, required: true, enum: REQUEST_STATES },
    /** Contact, receipt and words of the person under AES-256-GCM; `null` once they are gone. */
    sealed: later,
    acknowledgedAt: { type: Date, default: null },
    extendedAt: { type: Date, default: null },
    extensionReason: later,
    closedAt: { type: Date, default: null },
    /** What is said to the person who has the code. */
    answer: later,
    /** When `sealed` was removed. */
    clearedAt: { type: Date, default: null },
  },
  { collection: 'data_requests', strict: 'throw', autoIndex: false, versionKey: false },
)

dataRequestSchema.index({ receivedAt: -1 }, { name: 'requests_by_time' })

export const dataRequestModel = (connection: Connection) => connection.model('DataRequest', dataRequestSchema)
