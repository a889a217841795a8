import { type Connection, Schema } from 'mongoose'
import { MOST_ADDRESS, MOST_NAME } from '../../platform/view-address.js'

/** Pages of figures that staff keep under a name. */
export const savedViewSchema = new Schema(
  {
    _id: { type: String, required: true },
    login: { type: String, required: true, immutable: true },
    name: { type: String, required: true, maxlength: MOST_NAME },
    address: { type: String, required: true, maxlength: MOST_ADDRESS },
    isShared: { type: Boolean, required: true },
    savedAt: { type: Date, required: true },
  },
  { collection: 'saved_views', strict: 'throw', autoIndex: false, versionKey: false },
)

savedViewSchema.index({ login: 1, name: 1 }, { unique: true, name: 'one_view_per_name' })

export const savedViewModel = (connection: Connection) => connection.model('SavedView', savedViewSchema)
