import { type Connection, Schema } from 'mongoose'
import type { Leases } from '../jobs/job.js'

const DUPLICATE_KEY = 11000

const leaseSchema = new Schema(
  {
    _id: { type: String, required: true },
    holder: { type: String, required: true },
    expiresAt: { type: Date, required: true },
    doneSince: { type: Date },
  },
  { collection: 'leases', strict: 'throw', autoIndex: false, versionKey: false },
)

interface StoredLease {
  readonly _id: string
  readonly expiresAt: Date
  readonly doneSince?: Date
}

/** A job as the database knows it, whichever process did it. */
export interface JobState {
  readonly job: string
  /** When the last run began that came to its end; `null` for never. */
  readonly doneSince: Date | null
  /** Some process is at it. */
  readonly isHeld: boolean
}

/**
 * Leases in the database, one document per job.
 *
 * A lease that would last longer than any may was written by a clock that was wrong: it counts as over, so that one bad clock
 * cannot keep a job from being done for good.
 *
 * @param holder who this process is; where only one process can have the database, the same for all, so that none waits for one
 * that was killed
 * @param leaseMs how long a lease lasts unless it is taken again
 */
export function mongoLeases(
  connection: Connection,
  holder: string,
  now: () => Date,
  leaseMs: number,
): Leases & { list(): Promise<readonly JobState[]> } {
  const leases = connection.model('Lease', leaseSchema)
  const later = (ms: number) => new Date(now().getTime() + ms)
  return {
    leaseMs,
    async take(job) {
      const isFree = [{ holder }, { expiresAt: { $lte: now() } }, { expiresAt: { $gt: later(2 * leaseMs) } }]
      try {
        const change = { $set: { holder, expiresAt: later(leaseMs) } }
        await leases.updateOne({ _id: job, $or: isFree }, change, { upsert: true })
        return true
      } catch (error) {
        // There is one, and it is not free: the upsert tried to make a second.
        if ((error as { code?: unknown }).code === DUPLICATE_KEY) return false
        throw error
      }
    },
    async release(job, doneSince) {
      const change = { expiresAt: now(), ...(doneSince ? { doneSince } : {}) }
      await leases.updateOne({ _id: job, holder }, { $set: change })
    },
    async list() {
      const found = await leases.find().sort({ _id: 1 }).lean<StoredLease[]>()
      return found.map(({ _id, doneSince, expiresAt }) => ({
        job: _id,
        doneSince: doneSince ?? null,
        isHeld: expiresAt > now(),
      }))
    },
    async doneSince(job) {
      return (await leases.findById(job).lean<{ doneSince?: Date }>())?.doneSince ?? null
    },
  }
}
