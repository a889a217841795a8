import { type Connection, Schema } from 'mongoose'
import { RELEASE_STATES } from '../../domain/release/release.js'

const fixed = { type: String, required: true, immutable: true } as const
const later = { type: String, default: null } as const

/** A release and where it stands. Who drafted and decided stays here: nothing of it goes into the bundle. */
export const releaseSchema = new Schema(
  {
    _id: fixed,
    waveId: fixed,
    number: { type: Number, required: true, immutable: true },
    reason: { type: new Schema({ vi: fixed, en: fixed }, { _id: false }), required: true, immutable: true },
    state: { type: String, required: true, enum: RELEASE_STATES },
    draftedBy: fixed,
    draftedAt: { type: Date, required: true, immutable: true },
    /** Canonical JSON, byte for byte what is signed. */
    manifest: later,
    /** Why computing it failed. */
    failure: later,
    decidedBy: later,
    decidedAt: { type: Date, default: null },
    /** What the second person wrote. */
    note: later,
    publishedBy: later,
    publishedAt: { type: Date, default: null },
    keyId: later,
    signature: later,
  },
  { collection: 'releases', strict: 'throw', autoIndex: false, versionKey: false },
)

// Two drafts of a wave at once take the same number: one of them is refused.
releaseSchema.index({ waveId: 1, number: 1 }, { unique: true, name: 'one_release_per_number' })

/** Files of releases, compressed and in pieces below the size of a document. */
export const releaseFileSchema = new Schema(
  {
    releaseId: fixed,
    name: fixed,
    part: { type: Number, required: true, immutable: true },
    bytes: { type: Buffer, required: true, immutable: true },
  },
  { collection: 'release_files', strict: 'throw', autoIndex: false, versionKey: false },
)

releaseFileSchema.index({ releaseId: 1, name: 1, part: 1 }, { unique: true, name: 'one_piece_per_place' })

export const releaseModel = (connection: Connection) => connection.model('Release', releaseSchema)
export const releaseFileModel = (connection: Connection) => connection.model('ReleaseFile', releaseFileSchema)
