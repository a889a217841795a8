import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
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
  writeFile(id: string, name: string, bytes: Uint8Array): Promise<void>
  /** @throws {Error} when it is not there */
  readFile(id: string, name: string): Promise<Buffer>
  removeFiles(id: string): Promise<void>
}

type Stored = Omit<ReleaseRecord, 'id'> & { readonly _id: string }

const DUPLICATE_KEY = 11000
const PART_BYTES = 1 << 20
const compress = promisify(gzip)
const expand = promisify(gunzip)

const recordOf = ({ _id, ...rest }: Stored): ReleaseRecord => ({ id: _id, ...rest })

/** Releases in MongoDB. */
export function mongoReleases(connection: Connection): ReleaseRepository {
  const releases = releaseModel(connection)
  const files = releaseFileModel(connection)
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
    async writeFile(releaseId, name, bytes) {
      const packed = await compress(bytes)
      for (let part = 0; part * PART_BYTES < packed.length; part += 1) {
        const piece = packed.subarray(part * PART_BYTES, (part + 1) * PART_BYTES)
        await files.create({ releaseId, name, part, bytes: piece })
      }
    },
    async readFile(releaseId, name) {
      const parts = await files.find({ releaseId, name }).sort({ part: 1 }).lean<{ bytes: { buffer: Uint8Array } }[]>()
      if (parts.length === 0) throw new Error(`Release ${releaseId} has no file ${name}`)
      return expand(Buffer.concat(parts.map(({ bytes }) => bytes.buffer)))
    },
    async removeFiles(releaseId) {
      await files.deleteMany({ releaseId })
    },
  }
}

/** The release of a wave that leaves no room for another draft. */
export const openAmong = (releases: readonly ReleaseRecord[]): ReleaseRecord | undefined =>
  releases.find(({ state }) => (OPEN_STATES as readonly ReleaseState[]).includes(state))
