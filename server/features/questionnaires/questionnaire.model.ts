import { type Connection, Schema } from 'mongoose'
import { RESPONDENT_TYPES } from '../../domain/survey/vocabulary.js'

/**
 * Published questionnaires, named by the hash of their canonical JSON.
 *
 * The definition is kept as that text: a document would not keep it byte for byte, and then it could not be verified.
 */
export const questionnaireSchema = new Schema(
  {
    _id: { type: String, required: true, match: /^[0-9a-f]{64}$/ },
    id: { type: String, required: true, immutable: true },
    version: { type: String, required: true, immutable: true },
    respondentType: { type: String, required: true, enum: RESPONDENT_TYPES, immutable: true },
    canonicalJson: { type: String, required: true, immutable: true },
    storedAt: { type: Date, required: true, immutable: true },
  },
  { collection: 'questionnaires', strict: 'throw', autoIndex: false, versionKey: false, id: false },
)

questionnaireSchema.index({ id: 1, version: 1 }, { unique: true, name: 'one_text_per_version' })

export const questionnaireModel = (connection: Connection) => connection.model('Questionnaire', questionnaireSchema)
