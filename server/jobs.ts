/** What the machine does by itself once in a while, by one process for all. */
import type { Audit } from './features/audit/index.js'
import type { makeEraseWithdrawn, makePurgeWords } from './features/retention/index.js'
import type { Tallies } from './features/tallies/index.js'
import type { Job } from './platform/jobs/job.js'
import type { Logger } from './platform/logger.js'

/** Responses that nobody was told of may be missing from figures for so long, where no process starts meanwhile. */
const SWEEP_EVERY_MS = 60 * 60 * 1000
/** What is changed in the database within so long of being stored goes unnoticed. */
const SEAL_EVERY_MS = 60 * 60 * 1000

/** Looks for what a crash left uncounted while the server already works: it may be long, and nobody waits for its outcome. */
const sweepJob = (tallies: Pick<Tallies, 'sweepUnmarked'>, logger: Logger): Job => ({
  name: 'sweep for uncounted responses',
  everyMs: SWEEP_EVERY_MS,
  async work(signal) {
    const cells = await tallies.sweepUnmarked(signal)
    logger.info({ cells }, 'swept for uncounted responses')
  },
  failed: (error) => logger.error({ err: error }, 'the sweep for uncounted responses failed; it is tried again'),
})

/** Seals what was stored and signs the end of the log. */
const sealJob = (audit: Audit, logger: Logger): Job => ({
  name: 'seal of the audit log',
  everyMs: SEAL_EVERY_MS,
  work: audit.seal,
  failed: (error) => logger.error({ err: error }, 'the audit log could not be sealed; it is tried again'),
})

/** Applies what a crash left approved and not applied. */
const voidJob = (voids: { applyApproved(): Promise<number> }, logger: Logger): Job => ({
  name: 'approved voids',
  everyMs: SWEEP_EVERY_MS,
  async work() {
    const count = await voids.applyApproved()
    if (count > 0) logger.warn({ count }, 'voids were applied that a crash had left')
  },
  failed: (error) => logger.error({ err: error }, 'approved voids could not be applied; it is tried again'),
})

/** Removes what people wrote in requests that ended long enough ago. */
const privacyJob = (requests: { clearEnded(): Promise<number> }, logger: Logger): Job => ({
  name: 'words of ended requests',
  everyMs: SEAL_EVERY_MS,
  async work() {
    const count = await requests.clearEnded()
    if (count > 0) logger.info({ count }, 'removed what people wrote in requests that have ended')
  },
  failed: (error) => logger.error({ err: error }, 'words of ended requests could not be removed; it is tried again'),
})

/** Removes what people wrote in waves whose time is over. */
const retentionJob = (purge: ReturnType<typeof makePurgeWords>, logger: Logger): Job => ({
  name: 'words past their time',
  everyMs: SEAL_EVERY_MS,
  async work(signal) {
    const { done, removed, altered } = await purge(signal)
    if (removed > 0 || done.length > 0)
      logger.info({ done, removed }, 'removed what people wrote in waves whose time is over')
    if (altered.length > 0)
      logger.error({ waves: altered }, 'responses are not what was sealed, so their words were left: run verify-log')
  },
  failed: (error) => logger.error({ err: error }, 'words past their time could not be removed; it is tried again'),
})

/** Erases what respondents withdrew. */
const eraseJob = (erase: ReturnType<typeof makeEraseWithdrawn>, logger: Logger): Job => ({
  name: 'withdrawn answers',
  everyMs: SEAL_EVERY_MS,
  async work(signal) {
    const { erased, altered } = await erase(signal)
    if (erased > 0) logger.info({ erased }, 'erased answers whose consent was withdrawn')
    if (altered > 0)
      logger.error({ altered }, 'withdrawn answers were left: the responses are not what was sealed, run verify-log')
  },
  failed: (error) => logger.error({ err: error }, 'withdrawn answers could not be erased; it is tried again'),
})

/** The jobs of a server. */
export const jobsOf = (
  features: {
    readonly tallies: Pick<Tallies, 'sweepUnmarked'>
    readonly audit: Audit
    readonly voids: { applyApproved(): Promise<number> }
    readonly dataRequests: { clearEnded(): Promise<number> }
    readonly purgeWords: ReturnType<typeof makePurgeWords>
    readonly eraseWithdrawn: ReturnType<typeof makeEraseWithdrawn>
  },
  logger: Logger,
): readonly Job[] => [
  sweepJob(features.tallies, logger),
  sealJob(features.audit, logger),
  voidJob(features.voids, logger),
  privacyJob(features.dataRequests, logger),
  retentionJob(features.purgeWords, logger),
  eraseJob(features.eraseWithdrawn, logger),
]
