import { type Connection, Schema } from 'mongoose'
import { READER_CLASSES } from '../../domain/disclosure/policy.js'

const text = { type: String, required: true, immutable: true } as const

/** What readers of a class were last shown of one selection of a wave. */
export const shownReportSchema = new Schema(
  {
    _id: { type: String, required: true },
    reader: { ...text, enum: READER_CLASSES },
    waveId: text,
    selection: text,
    state: { type: String, required: true },
    isPending: { type: Boolean, required: true },
    // Places by what was decided on them; missing while the report is pending.
    decisions: { type: Schema.Types.Mixed, default: null },
    // Mixed on purpose: a row is units, service, days and marks as text, far smaller than documents of numbers.
    rows: { type: Schema.Types.Mixed, required: true },
  },
  { collection: 'shown_reports', strict: 'throw', autoIndex: false, versionKey: false, minimize: false },
)

shownReportSchema.index({ reader: 1, waveId: 1 }, { name: 'shown_of_a_wave' })

export const shownReportModel = (connection: Connection) => connection.model('ShownReport', shownReportSchema)
