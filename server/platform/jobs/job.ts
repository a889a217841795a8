import { setTimeout as sleep } from 'node:timers/promises'

/** Who does a job, agreed on by processes that share a database. */
export interface Leases {
  readonly leaseMs: number
  /** Takes the lease of a job, or takes it again; `false` when another process has it. */
  take(job: string): Promise<boolean>
  /** Gives it free; with the beginning of the run, when it came to its end. */
  release(job: string, doneSince?: Date): Promise<void>
  /** When the last run began that came to its end; `null` for never. */
  doneSince(job: string): Promise<Date | null>
}

/** Something that is done once in a while, by one process for all of them. */
export interface Job {
  readonly name: string
  readonly everyMs: number
  /** Safe to do twice, also at once: a process that is held up for longer than its lease may find another at it. */
  work(signal: AbortSignal): Promise<void>
  /** Told of a run that failed; it is tried again. */
  failed(error: unknown): void
}

const RENEWALS_PER_LEASE = 3
/** After a failure, or while another process is at it. */
const RETRY_MS = 5000

/**
 * Does a job now, unless another process has begun it since `since`, and then every `everyMs`.
 *
 * @param since the start of this process: whoever began later has seen all that was left to do when it started
 */
export function startJob(job: Job, leases: Leases, now: () => Date, since: Date) {
  const stopping = new AbortController()
  let wantedSince = since

  /** @returns milliseconds until the next look */
  async function look(): Promise<number> {
    const done = await leases.doneSince(job.name)
    const at = now()
    // A run of the future was told by a clock that was wrong.
    if (done !== null && done >= wantedSince && done <= at) wantedSince = new Date(done.getTime() + job.everyMs)
    if (wantedSince > at) return Math.min(job.everyMs, wantedSince.getTime() - at.getTime())
    if (!(await leases.take(job.name))) return RETRY_MS
    // Between the look and the lease another may have come to its end: then there is nothing left to do.
    const latest = await leases.doneSince(job.name)
    if (latest?.getTime() === done?.getTime()) return run()
    await leases.release(job.name)
    return 0
  }

  async function run(): Promise<number> {
    const begunAt = now()
    const renew = () => leases.take(job.name).then(undefined, () => false)
    const renewal = setInterval(() => void renew(), leases.leaseMs / RENEWALS_PER_LEASE)
    try {
      await job.work(stopping.signal)
      await leases.release(job.name, stopping.signal.aborted ? undefined : begunAt)
      wantedSince = new Date(begunAt.getTime() + job.everyMs)
      return job.everyMs
    } finally {
      clearInterval(renewal)
    }
  }

  async function repeat(): Promise<void> {
    while (!stopping.signal.aborted) {
      const pauseMs = await look().catch((error: unknown) => {
        if (!stopping.signal.aborted) job.failed(error)
        return RETRY_MS
      })
      await sleep(pauseMs, undefined, { signal: stopping.signal, ref: false }).catch(() => {})
    }
  }

  const ended = repeat()
  return {
    /** Ends the run under way, if there is one, and all to come. */
    stop(): Promise<void> {
      stopping.abort()
      return ended
    },
  }
}
