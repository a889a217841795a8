import { type Connection, Schema } from 'mongoose'
import { CHANNELS } from '../../domain/survey/vocabulary.js'
import { VOID_REASONS, VOID_STATES } from '../../domain/voids/void.js'

const fixed = { type: String, required: true, immutable: true } as const
const later = { type: String, default: null } as const

const ruleSchema = new Schema(
  {
    waveId: fixed,
    unitUid: fixed,
    service: { type: String, default: null, immutable: true },
    channel: { type: String, default: null, immutable: true, enum: [...CHANNELS, null] },
    from: fixed,
    to: fixed,
  },
  { _id: false },
)

/** Voids: never removed, and of what was proposed nothing is changed. */
export const voidSchema = new Schema(
  {
    _id: fixed,
    rule: { type: ruleSchema, required: true, immutable: true },
    lifts: { type: String, default: null, immutable: true },
    reason: { ...fixed, enum: VOID_REASONS },
    explanation: fixed,
    /** The responses meant, as they were found. */
    responseIds: { type: [String], required: true, immutable: true },
    responseCount: { type: Number, required: true, immutable: true },
    state: { type: String, required: true, enum: VOID_STATES },
    proposedBy: fixed,
    proposedAt: { type: Date, required: true, immutable: true },
    decidedBy: later,
    decidedAt: { type: Date, default: null },
    note: later,
    appliedAt: { type: Date, default: null },
  },
  { collection: 'response_voids', strict: 'throw', autoIndex: false, versionKey: false },
)

voidSchema.index({ proposedAt: -1 }, { name: 'voids_by_time' })

export const voidModel = (connection: Connection) => connection.model('ResponseVoid', voidSchema)
