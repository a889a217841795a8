import { type Connection, Schema } from 'mongoose'
import { MODES, RESPONDENT_TYPES } from '../../domain/survey/vocabulary.js'
import { SAMPLING_DESIGNS } from '../../domain/survey/wave.js'

const ISO_DAY = /^\d{4}-\d{2}-\d{2}$/
const day = { type: String, required: true, match: ISO_DAY } as const

const count = { type: Number, min: 0 } as const

const samplingSchema = new Schema(
  {
    design: { type: String, required: true, enum: SAMPLING_DESIGNS },
    description: { vi: { type: String, required: true }, en: { type: String, required: true } },
    handedOut: count,
    notEligible: count,
  },
  { _id: false, strict: 'throw' },
)

/** Rounds of collection; `_id` is the wave's own readable id. */
export const waveSchema = new Schema(
  {
    _id: { type: String, required: true, match: /^[a-z0-9-]{3,60}$/ },
    title: { vi: { type: String, required: true }, en: { type: String, required: true } },
    questionnaireHash: { type: String, required: true, match: /^[0-9a-f]{64}$/ },
    respondentType: { type: String, required: true, enum: RESPONDENT_TYPES },
    mode: { type: String, required: true, enum: MODES },
    unitUids: { type: [String], required: true, default: undefined },
    serviceCodes: { type: [String], required: true, default: undefined },
    referenceOn: day,
    opensOn: day,
    closesOn: day,
    isSimulated: { type: Boolean, required: true },
    sampling: samplingSchema,
    purpose: { type: new Schema({ vi: String, en: String }, { _id: false }) },
    retention: { type: new Schema({ textMonths: { type: Number, required: true } }, { _id: false }) },
  },
  { collection: 'waves', strict: 'throw', autoIndex: false, versionKey: false },
)

waveSchema.index({ unitUids: 1, closesOn: 1 }, { name: 'waves_of_unit' })

export const waveModel = (connection: Connection) => connection.model('Wave', waveSchema)
