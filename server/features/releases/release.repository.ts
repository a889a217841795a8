import { pipeline, Readable } from 'node:stream'
import { createGunzip, createGzip } from 'node:zlib'
import { OPEN_STATES, type ReleaseState } from '../../domain/release/release.js'
import type { Localized } from '../../domain/survey/vocabulary.js'
import type { Connection } from '../../platform/mongo/connect.js'
import { releaseFileModel, releaseModel } from './release.model.js'

/** A release as kept. */
export interface ReleaseRecord {
  readonly id: string
  readonly waveId: string
  readonly number: number
  readonly reason: Localized
  readonly state: ReleaseState
  readonly draftedBy: string
  readonly draftedAt: Date
  readonly manifest: string | null
  readonly failure: string | null
  readonly decidedBy: string | null
  readonly decidedAt: Date | null
  readonly note: string | null
  readonly publishedBy: string | null
  readonly publishedAt: Date | null
  readonly keyId: string | null
  readonly signature: string | null
}

type NewRelease = Pick<ReleaseRecord, 'id' | 'waveId' | 'number' | 'reason' | 'draftedBy' | 'draftedAt'>

/** What a step writes. */
type StepFacts = Partial<Omit<ReleaseRecord, keyof NewRelease | 'state'>>

/** A step from one of some states to another; taken by one alone of those who try at the same time. */
export interface ReleaseStep {
  readonly from: readonly ReleaseState[]
  readonly to: ReleaseState
  readonly facts?: StepFacts
  /** Whoever drafted it may not take this step. */
  readonly notBy?: string
}

/** Bytes of a file, one piece after the other. */
export type Chunks = Iterable<Uint8Array> | AsyncIterable<Uint8Array>

/** Where releases and their files are kept. */
export interface ReleaseRepository {
  /** Takes a number; `taken` when another draft has it. */
  insert(release: NewRelease): Promise<'inserted' | 'taken'>
  byId(id: string): Promise<ReleaseRecord | undefined>
  /** Latest first. */
  ofWave(waveId: string): Promise<readonly ReleaseRecord[]>
  /** Latest first. */
  published(): Promise<readonly ReleaseRecord[]>
  /** All that were not published, and those that were; latest first. */
  all(): Promise<readonly ReleaseRecord[]>
  /** Whether the step was taken. */
  take(id: string, step: ReleaseStep): Promise<boolean>
  /** Stores a file as it comes, in constant memory. */
  writeFile(id: string, name: string, chunks: Chunks): Promise<void>
  /**
   * Reads a file piece by piece.
   *
   * @throws {Error} when it is not there
   */
  streamFile(id: string, name: string): AsyncIterable<Buffer>
  /** The whole of a file that is no larger than a city's figures. */
  readFile(id: string, name: string): Promise<Buffer>
  removeFiles(id: string): Promise<void>
}

type Stored = Omit<ReleaseRecord, 'id'> & { readonly _id: string }

const DUPLICATE_KEY = 11000
const PART_BYTES = 1 << 20

/** Nobody waits for a pipe by its callback: whoever reads its end is told of a failure there. */
const pipedThrough = (chunks: Chunks, through: NodeJS.ReadWriteStream): AsyncIterable<Buffer> =>
  pipeline(Readable.from(chunks, { objectMode: false }), through, () => {}) as unknown as AsyncIterable<Buffer>

/** The same bytes in pieces of one size, the last may be smaller. */
async function* inPieces(chunks: AsyncIterable<Buffer>, size: number): AsyncGenerator<Buffer> {
  let waiting: Buffer[] = []
  let length = 0
  for await (const chunk of chunks) {
    waiting.push(chunk)
    length += chunk.length
    while (length >= size) {
      const all = Buffer.concat(waiting)
      yield all.subarray(0, size)
      waiting = [all.subarray(size)]
      length -= size
    }
  }
  if (length > 0) yield Buffer.concat(waiting)
}

const recordOf = ({ _id, ...rest }: Stored): ReleaseRecord => ({ id: _id, ...rest })

/** Releases in MongoDB. */
export function mongoReleases(connection: Connection): ReleaseRepository {
  const releases = releaseModel(connection)
  const files = releaseFileModel(connection)
  async function* packedParts(releaseId: string, name: string): AsyncGenerator<Uint8Array> {
    for (let part = 0; ; part += 1) {
      const found = await files.findOne({ releaseId, name, part }).lean<{ bytes: { buffer: Uint8Array } }>()
      if (found === null && part === 0) throw new Error(`Release ${releaseId} has no file ${name}`)
      if (found === null) return
      yield found.bytes.buffer
    }
  }
  const find = async (filter: Readonly<Record<string, unknown>>) =>
    (await releases.find(filter).sort({ draftedAt: -1, _id: -1 }).lean<Stored[]>()).map(recordOf)
  return {
    async insert({ id, ...release }) {
      try {
        await releases.create({ _id: id, ...release, state: 'drafting' })
        return 'inserted'
      } catch (error) {
        if ((error as { code?: number }).code === DUPLICATE_KEY) return 'taken'
        throw error
      }
    },
    byId: async (id) => (await find({ _id: id }))[0],
    ofWave: (waveId) => find({ waveId }),
    published: () => find({ state: 'published' }),
    all: () => find({}),
    async take(id, { from, to, facts = {}, notBy }) {
      const filter = { _id: id, state: { $in: from }, ...(notBy === undefined ? {} : { draftedBy: { $ne: notBy } }) }
      const { modifiedCount } = await releases.updateOne(filter, { $set: { ...facts, state: to } })
      return modifiedCount === 1
    },
    async writeFile(releaseId, name, chunks) {
      let part = 0
      for await (const bytes of inPieces(pipedThrough(chunks, createGzip()), PART_BYTES)) {
        await files.create({ releaseId, name, part, bytes })
        part += 1
      }
    },
    streamFile: (releaseId, name) => pipedThrough(packedParts(releaseId, name), createGunzip()),
    async readFile(releaseId, name) {
      const chunks: Buffer[] = []
      for await (const chunk of this.streamFile(releaseId, name)) chunks.push(chunk)
      return Buffer.concat(chunks)
    },
    async removeFiles(releaseId) {
      await files.deleteMany({ releaseId })
    },
  }
}

/** The release of a wave that leaves no room for another draft. */
export const openAmong = (releases: readonly ReleaseRecord[]): ReleaseRecord | undefined =>
  releases.find(({ state }) => (OPEN_STATES as readonly ReleaseState[]).includes(state))
