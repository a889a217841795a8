import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/**
 * What the process measures of itself, for Prometheus.
 *
 * Labels come from closed lists (route templates, outcomes, modes): no unit, service or wave, since a counter of one small
 * office that goes up by one says who has just answered.
 */
export interface Metrics {
  /** A request that was answered, or given up by its sender. */
  answered(request: {
    readonly method: string
    readonly route: string
    readonly status: number
    readonly seconds: number
  }): void
  /** A case sent in, and what became of it. */
  taken(outcome: string): void
  /** A response was marked for counting. `wave` only tells waves apart here and is never a label. */
  marked(wave: string): void
  /** A wave's tallies are being brought up to date; what is returned says that everything marked until now is counted. */
  foldedSince(wave: string): () => void
  /** The embedded engine has flushed so many writes to disk, in so long. */
  flushed(flush: { readonly writes: number; readonly seconds: number }): void
  /** From here on also the process itself: memory, processor, event-loop delay, garbage collection. */
  watchProcess(): void
  /** Everything in Prometheus's text format. */
  text(): Promise<string>
  readonly contentType: string
}

const PREFIX = 'hai_long_'
/** From a page out of memory to a report after a restart, in seconds. */
const REQUEST_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
const FOLD_BUCKETS = [0.01, 0.05, 0.1, 0.5, 1, 5, 30, 120]

/**
 * Starts to measure; nothing is sent anywhere.
 *
 * @param nowMs a clock, in milliseconds; its beginning does not matter
 */
export function createMetrics(nowMs: () => number): Metrics {
  const registry = new Registry()
  const registers = [registry]
  const requests = new Histogram({
    name: `${PREFIX}http_request_duration_seconds`,
    help: 'Time from the first byte of a request to the last of its answer',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: REQUEST_BUCKETS,
    registers,
  })
  const intake = new Counter({
    name: `${PREFIX}intake_total`,
    help: 'Cases sent in by form or API, by outcome',
    labelNames: ['outcome'] as const,
    registers,
  })
  const folds = new Histogram({
    name: `${PREFIX}tally_fold_duration_seconds`,
    help: 'Time to bring the tallies of one wave up to date',
    buckets: FOLD_BUCKETS,
    registers,
  })
  const engineCounter = (name: string, help: string) =>
    new Counter({ name: `${PREFIX}engine_${name}_total`, help: `${help}; 0 with a database server`, registers })
  const flushes = engineCounter('flushes', 'Flushes to disk of the embedded engine')
  const writes = engineCounter('writes', 'Writes that these flushes acknowledged')
  const flushSeconds = engineCounter('flush_seconds', 'Time that these flushes took')
  const oldestMarks = createOldestMarks(nowMs)
  new Gauge({
    name: `${PREFIX}tally_fold_lag_seconds`,
    help: 'Age of the oldest response taken in by this process that no report has counted yet',
    registers,
    collect() {
      this.set(oldestMarks.lagSeconds())
    },
  })
  return {
    answered: ({ method, route, status, seconds }) => requests.observe({ method, route, status }, seconds),
    taken: (outcome) => intake.inc({ outcome }),
    marked: oldestMarks.add,
    foldedSince(wave) {
      const startedAt = nowMs()
      return () => {
        folds.observe((nowMs() - startedAt) / 1000)
        oldestMarks.settle(wave, startedAt)
      }
    },
    flushed(flush) {
      flushes.inc()
      writes.inc(flush.writes)
      flushSeconds.inc(flush.seconds)
    },
    watchProcess: () => collectDefaultMetrics({ register: registry, prefix: PREFIX }),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  }
}

/** When the oldest uncounted mark of each wave was made; a mark made during a fold waits for the next one. */
function createOldestMarks(nowMs: () => number) {
  const marks = new Map<string, { oldestAt: number; latestAt: number }>()
  return {
    add(wave: string) {
      const at = nowMs()
      marks.set(wave, { oldestAt: marks.get(wave)?.oldestAt ?? at, latestAt: at })
    },
    settle(wave: string, startedAt: number) {
      const mark = marks.get(wave)
      if (mark === undefined) return
      if (mark.latestAt < startedAt) marks.delete(wave)
      // Of the marks made since, the first may be as old as the beginning of the fold.
      else marks.set(wave, { ...mark, oldestAt: Math.max(mark.oldestAt, startedAt) })
    },
    lagSeconds() {
      const oldest = Math.min(...[...marks.values()].map(({ oldestAt }) => oldestAt))
      return Number.isFinite(oldest) ? Math.max(0, nowMs() - oldest) / 1000 : 0
    },
  }
}
