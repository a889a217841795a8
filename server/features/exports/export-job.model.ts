import { type Connection, Schema } from 'mongoose'
import { FORMATS } from './formats/formats.js'

const fixed = { type: String, required: true, immutable: true } as const

export const EXPORT_STATES = ['running', 'done', 'too_few', 'failed'] as const

/** Exports that somebody asked for on the page, for as long as their files are kept. */
export const exportJobSchema = new Schema(
  {
    _id: fixed,
    waveId: fixed,
    format: { ...fixed, enum: FORMATS },
    language: fixed,
    separator: fixed,
    askedBy: fixed,
    askedAt: { type: Date, required: true, immutable: true },
    state: { type: String, required: true, enum: EXPORT_STATES },
    step: { type: String, required: true },
    rows: { type: Number, required: true },
    /** Of a running one: the last sign of life of the process that runs it. */
    aliveAt: { type: Date, required: true },
    files: [new Schema({ name: fixed, bytes: { type: Number, required: true }, sha256: fixed }, { _id: false })],
  },
  { collection: 'export_jobs', strict: 'throw', autoIndex: false, versionKey: false },
)

exportJobSchema.index({ askedAt: -1 }, { name: 'exports_by_time' })

/** The files of exports in pieces of one size, so that a download can go on where it was cut off. */
export const exportPieceSchema = new Schema(
  {
    jobId: fixed,
    name: fixed,
    piece: { type: Number, required: true, immutable: true },
    bytes: { type: Buffer, required: true, immutable: true },
  },
  { collection: 'export_pieces', strict: 'throw', autoIndex: false, versionKey: false },
)

exportPieceSchema.index({ jobId: 1, name: 1, piece: 1 }, { unique: true, name: 'one_piece_per_place_of_an_export' })

export const exportJobModel = (connection: Connection) => connection.model('ExportJob', exportJobSchema)
export const exportPieceModel = (connection: Connection) => connection.model('ExportPiece', exportPieceSchema)
