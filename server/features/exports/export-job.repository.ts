import type { Language } from '../../domain/survey/vocabulary.js'
import type { Connection } from '../../platform/mongo/connect.js'
import { type EXPORT_STATES, exportJobModel, exportPieceModel } from './export-job.model.js'
import type { Separator } from './formats/csv.js'
import type { Format } from './formats/formats.js'

/** A file of an export that is whole. */
export interface ExportFile {
  readonly name: string
  readonly bytes: number
  readonly sha256: string
}

export interface ExportJob {
  readonly id: string
  readonly waveId: string
  readonly format: Format
  readonly language: Language
  readonly separator: Separator
  readonly askedBy: string
  readonly askedAt: Date
  readonly state: (typeof EXPORT_STATES)[number]
  readonly step: 'reading' | 'writing' | 'storing'
  readonly rows: number
  readonly aliveAt: Date
  /** Empty until it is done. */
  readonly files: readonly ExportFile[]
}

type Change = Partial<Pick<ExportJob, 'state' | 'step' | 'rows' | 'aliveAt' | 'files'>>

/** Where exports and their files are kept. */
export interface ExportJobRepository {
  insert(job: ExportJob): Promise<void>
  byId(id: string): Promise<ExportJob | undefined>
  /** Latest first. */
  list(): Promise<readonly ExportJob[]>
  change(id: string, change: Change): Promise<void>
  writePiece(id: string, name: string, piece: number, bytes: Uint8Array): Promise<void>
  /** Bytes of a file from one place up to and with another, piece by piece. */
  read(id: string, name: string, from: number, to: number): AsyncIterable<Uint8Array>
  /** Removes an export with its files. */
  remove(id: string): Promise<void>
}

/** Bytes of every piece but the last. */
export const PIECE_BYTES = 1 << 20

type Stored = Omit<ExportJob, 'id'> & { readonly _id: string }
const jobOf = ({ _id, ...rest }: Stored): ExportJob => ({ id: _id, ...rest })

export function mongoExportJobs(connection: Connection): ExportJobRepository {
  const jobs = exportJobModel(connection)
  const pieces = exportPieceModel(connection)
  return {
    async insert({ id, ...job }) {
      await jobs.create({ _id: id, ...job, files: [...job.files] })
    },
    async byId(id) {
      const found = await jobs.findOne({ _id: id }).lean<Stored>()
      return found === null ? undefined : jobOf(found)
    },
    list: async () => (await jobs.find({}).sort({ askedAt: -1, _id: 1 }).lean<Stored[]>()).map(jobOf),
    async change(id, change) {
      await jobs.updateOne({ _id: id }, { $set: { ...change, ...(change.files ? { files: [...change.files] } : {}) } })
    },
    async writePiece(jobId, name, piece, bytes) {
      await pieces.create({ jobId, name, piece, bytes: Buffer.from(bytes) })
    },
    async *read(jobId, name, from, to) {
      for (let piece = Math.floor(from / PIECE_BYTES); piece * PIECE_BYTES <= to; piece += 1) {
        const found = await pieces.findOne({ jobId, name, piece }).lean<{ readonly bytes: { buffer: Uint8Array } }>()
        if (found === null) throw new Error(`Export ${jobId} lacks piece ${piece} of ${name}`)
        const start = piece * PIECE_BYTES
        yield Buffer.from(found.bytes.buffer).subarray(Math.max(0, from - start), to - start + 1)
      }
    },
    async remove(id) {
      // The pieces last: what is listed can be downloaded.
      await jobs.deleteOne({ _id: id })
      await pieces.deleteMany({ jobId: id })
    },
  }
}
