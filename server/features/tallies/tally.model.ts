import { type Connection, Schema } from 'mongoose'
import { MODES } from '../../domain/survey/vocabulary.js'
import { CELL_LEVELS } from './cell.js'

const text = { type: String, required: true, immutable: true } as const
const counter = { type: Number, required: true, min: 0 } as const

/**
 * Counts of a cell and how up to date they are: everything marked up to `foldedMarks` is in `tally`.
 *
 * `isStale` only helps to find cells with something left to do; it may be true too long, never false too early.
 */
export const tallySchema = new Schema(
  {
    _id: { type: String, required: true },
    level: { ...text, enum: CELL_LEVELS },
    waveId: text,
    unitUid: text,
    service: text,
    mode: { ...text, enum: MODES },
    questionnaireHash: text,
    channel: text,
    period: text,
    marks: counter,
    foldedMarks: counter,
    isStale: { type: Boolean, required: true },
    /** See `packTally`. */
    tally: { type: String, default: null },
  },
  { collection: 'tallies', strict: 'throw', autoIndex: false, versionKey: false, minimize: false },
)

tallySchema.index({ waveId: 1, level: 1, unitUid: 1, service: 1, period: 1 }, { name: 'tallies_of_a_report' })
tallySchema.index({ waveId: 1, isStale: 1, level: 1 }, { name: 'stale_tallies' })

/** How far the responses have been looked through for cells that were never marked. */
export const tallySweepSchema = new Schema(
  { _id: { type: String, required: true }, sweptAt: { type: Date, required: true } },
  { collection: 'tally_sweeps', strict: 'throw', autoIndex: false, versionKey: false },
)

/** A text of chance for each wave, new whenever its counts are: who has kept something made of them sees that it is out of date. */
export const tallyStateSchema = new Schema(
  { _id: { type: String, required: true }, state: { type: String, required: true } },
  { collection: 'tally_states', strict: 'throw', autoIndex: false, versionKey: false },
)

/** Sums over many cells, good as long as the wave's state is the one they were made from. */
export const tallyReadingSchema = new Schema(
  {
    _id: { type: String, required: true },
    state: { type: String, required: true },
    /** JSON: what was read, part by part. */
    parts: { type: String, required: true },
  },
  { collection: 'tally_readings', strict: 'throw', autoIndex: false, versionKey: false },
)

export const tallyModel = (connection: Connection) => connection.model('Tally', tallySchema)
export const tallySweepModel = (connection: Connection) => connection.model('TallySweep', tallySweepSchema)
export const tallyStateModel = (connection: Connection) => connection.model('TallyState', tallyStateSchema)
export const tallyReadingModel = (connection: Connection) => connection.model('TallyReading', tallyReadingSchema)
