/** A load process as its parent sees it. */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { LoadPlan, LoadReport } from '../load.js'
import { until } from './until.js'

const LOAD = fileURLToPath(new URL('../load.js', import.meta.url))
/** Far more than anything waited for takes on a slow machine: it only keeps a broken run from waiting for ever. */
const PROGRESS_LIMIT_MS = 120_000
const NOTHING: LoadReport = { acknowledged: 0, sent: 0, slowest: {}, answers: {}, isDone: false }

/** Starts a load by a plan that is written to `planFile`. */
export function startLoad(plan: LoadPlan, planFile: string) {
  writeFileSync(planFile, JSON.stringify(plan))
  const child = fork(LOAD, [planFile])
  const exited = once(child, 'exit')
  let report = NOTHING
  let isGone = false
  exited.then(() => {
    isGone = true
  })
  child.on('message', (message) => {
    report = message as LoadReport
  })
  const untilReport = (what: string, holds: (report: LoadReport) => boolean) =>
    until(
      what,
      () => {
        if (isGone && !report.isDone) throw new Error('The load ended by itself')
        return holds(report)
      },
      PROGRESS_LIMIT_MS,
    )
  return {
    report: () => report,
    /** How many answers had a status, of any kind of request. */
    answered: (ending: string) => countAnswers(report, ending),
    untilReport,
    /** Waits for so many more receipts. */
    untilMore: (count: number) => {
      const from = report.acknowledged
      return untilReport(`${count} more receipts`, ({ acknowledged }) => acknowledged >= from + count)
    },
    /** Lets everybody finish. */
    async finish(): Promise<LoadReport> {
      child.send('stop')
      await untilReport('the end of the load', ({ isDone }) => isDone)
      await exited
      return report
    },
    async kill(): Promise<void> {
      child.kill('SIGKILL')
      await exited
    },
  }
}

/** How many answers end in a text, as `503 storage_full` or `hung`. */
export const countAnswers = ({ answers }: Pick<LoadReport, 'answers'>, ending: string): number =>
  Object.entries(answers)
    .filter(([name]) => name.endsWith(` ${ending}`))
    .reduce((sum, [, count]) => sum + count, 0)

export type Load = ReturnType<typeof startLoad>
