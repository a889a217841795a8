/** One round: servers up, load on, something breaks and is mended, everybody finishes, and what is stored is audited. */
import { join } from 'node:path'
import { type Audit, auditCity } from './city.js'
import type { Fault, Scene } from './faults.js'
import type { Stage } from './stage.js'
import { UP, watchHealth } from './support/health-watch.js'
import { readJournals } from './support/journal.js'
import { countAnswers, type Load, startLoad } from './support/load-process.js'

export interface RoundSettings {
  readonly number: number
  /** Folder for what the round writes. */
  readonly dir: string
  readonly random: () => number
  readonly awayMs: number
}

/** What a round found; it is passed when `failures` is empty. */
export interface RoundResult {
  readonly fault: string
  readonly acknowledged: number
  readonly audit: Audit
  /** Longest request by kind, in milliseconds. */
  readonly slowest: Readonly<Record<string, number>>
  /** Requests that were answered 503, by reason, or broke off: what citizens saw of the fault. */
  readonly unanswered: number
  readonly samples: number
  readonly failures: readonly string[]
}

const SENDERS = 12
const VICTIMS = 6
const WARM_UP = 40
const AFTERWARDS = 30

/** Answers that are nobody's truth: bugs, requests without an end, refusals of what is in order. */
function wrongAnswers(answers: Readonly<Record<string, number>>, mayRefuse: boolean): readonly string[] {
  const isWrong = (name: string) => {
    const [, status = ''] = name.split(' ')
    if (status === 'hung' || (status.startsWith('5') && status !== '503')) return true
    return !mayRefuse && /^4/.test(status)
  }
  return Object.entries(answers)
    .filter(([name]) => isWrong(name))
    .map(([name, count]) => `${count} × ${name}`)
}

function failuresOf(audit: Audit): readonly string[] {
  const counts = { lost: audit.lost, 'stored twice': audit.doubled, 'stored and never sent': audit.foreign }
  const ids = Object.entries(counts).filter(([, list]) => list.length > 0)
  return [
    ...ids.map(([what, list]) => `${list.length} ${what}, as ${list[0]}`),
    ...(audit.wrongCells > 0 ? [`${audit.wrongCells} cells differ from the recount`] : []),
  ]
}

/** What the servers said of their own failures, without repetition. */
const failuresLogged = (logs: readonly string[]): readonly string[] => {
  const messages = logs.flatMap((log) => log.match(/"err":\{"type":"[^"]*".{0,1500}/g) ?? [])
  return [...new Set(messages)].slice(0, 5)
}

/**
 * Runs a fault on a stage. Its servers are started where they do not run, and go on running.
 *
 * @throws {Error} where something does not come to its end
 */
export async function runRound(fault: Fault, stage: Stage, settings: RoundSettings): Promise<RoundResult> {
  const { servers, city, journals } = stage
  const path = (name: string) => join(settings.dir, `${settings.number}-${name}`)
  const urls = servers.map(({ url }) => url)
  const logStarts = servers.map((server) => server.log().length)
  const own: string[] = []
  const loads: Load[] = []
  const begin = (name: string, senders: number, halves: number) => {
    const journal = path(`${name}.journal`)
    own.push(journal)
    journals.push(journal)
    const load = startLoad({ urls, city, journal, senders, halves }, path(`${name}.json`))
    loads.push(load)
    return { load, journal }
  }
  try {
    await Promise.all(servers.filter((server) => !server.isRunning()).map((server) => server.start()))
    const watch = watchHealth(urls)
    for (const i of urls.keys()) watch.expect(i, UP)
    const { load } = begin('load', SENDERS, 0)
    await load.untilMore(WARM_UP)
    const startVictims = (halves: number) => begin('victims', VICTIMS, halves)
    const scene: Scene = { ...stage, ...settings, load, watch, startVictims }
    const hasHappened = await fault.inject(scene)
    await load.untilMore(AFTERWARDS)
    const report = await load.finish()
    const { samples, lies } = await watch.stop()
    const audit = await auditCity(stage.settings, city.waveId, readJournals(journals), readJournals(own))
    const wrong = wrongAnswers(report.answers, fault.mayRefuse ?? false)
    const failures = [
      ...failuresOf(audit),
      ...wrong,
      ...(wrong.length > 0 ? failuresLogged(servers.map((server, i) => server.log().slice(logStarts[i]))) : []),
      ...lies.slice(0, 3).map(({ endpoint, status }) => `health told an untruth: ${endpoint} ${status || 'refused'}`),
      ...(hasHappened(audit) ? [] : ['the fault did not happen']),
    ]
    const unanswered = Object.entries(report.answers).filter(([name]) => / (503|broken)/.test(name))
    return {
      fault: fault.name,
      acknowledged: readJournals(own).acknowledged.size,
      audit,
      slowest: report.slowest,
      unanswered: unanswered.reduce((sum, [, count]) => sum + count, 0) + countAnswers(report, 'hung'),
      samples,
      failures,
    }
  } catch (error) {
    await Promise.allSettled(servers.map((server) => server.kill()))
    throw error
  } finally {
    await Promise.allSettled(loads.map((load) => load.kill()))
  }
}
