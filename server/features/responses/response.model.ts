import { type Connection, Schema } from 'mongoose'
import { CHANNELS, DISPOSITIONS, LANGUAGES, MODES, RESPONDENT_TYPES } from '../../domain/survey/vocabulary.js'

const DAY = /^\d{4}-\d{2}-\d{2}$/
const ITEM_CODE = /^[A-Z][A-Z0-9_]*$/

const text = { type: String, required: true, immutable: true } as const
const instant = { type: Date, required: true, immutable: true } as const

/** A second guard behind the interpreter: nothing but item codes may become field names of the database. */
function hasItemCodes(answers: unknown): boolean {
  return typeof answers === 'object' && answers !== null && Object.keys(answers).every((code) => ITEM_CODE.test(code))
}

/** Stored form of a response: append-only, no identity, no address, no device. */
export const responseSchema = new Schema(
  {
    submissionId: text,
    waveId: text,
    questionnaireHash: text,
    consentVersion: text,
    respondentType: { ...text, enum: RESPONDENT_TYPES },
    unitUid: text,
    service: text,
    language: { ...text, enum: LANGUAGES },
    mode: { ...text, enum: MODES },
    channel: { ...text, enum: CHANNELS },
    transactionOn: { ...text, match: DAY },
    startedAt: instant,
    submittedAt: instant,
    day: { ...text, match: DAY },
    disposition: { ...text, enum: DISPOSITIONS },
    // Mixed on purpose: the questionnaire decides which item codes exist and what each answer may be.
    answers: { type: Schema.Types.Mixed, required: true, immutable: true, validate: hasItemCodes },
    isSimulated: { type: Boolean, required: true, immutable: true },
  },
  { collection: 'responses', strict: 'throw', autoIndex: false, versionKey: false, minimize: false },
)

responseSchema.index({ submissionId: 1 }, { unique: true, name: 'one_response_per_submission' })
responseSchema.index({ waveId: 1, unitUid: 1, service: 1, channel: 1, day: 1 }, { name: 'responses_of_a_cell' })
responseSchema.index({ submittedAt: 1 }, { name: 'responses_since' })

/** The model on a connection given to it. */
export const responseModel = (connection: Connection) => connection.model('Response', responseSchema)

export type ResponseModel = ReturnType<typeof responseModel>
