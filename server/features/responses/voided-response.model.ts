import { type Connection, Schema } from 'mongoose'

/** Which responses are out of the figures: under the response's own id, which is all that is said of it here. */
export const voidedResponseSchema = new Schema(
  {
    _id: { type: Schema.Types.ObjectId, required: true, immutable: true },
    waveId: { type: String, required: true, immutable: true },
    unitUid: { type: String, required: true, immutable: true },
    /** The last that decided on it. */
    voidId: { type: String, required: true },
    isVoided: { type: Boolean, required: true },
  },
  { collection: 'voided_responses', strict: 'throw', autoIndex: false, versionKey: false },
)

voidedResponseSchema.index({ waveId: 1, unitUid: 1 }, { name: 'voided_of_a_unit' })

export const voidedResponseModel = (connection: Connection) => connection.model('VoidedResponse', voidedResponseSchema)
