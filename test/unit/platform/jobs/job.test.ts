import { once } from 'node:events'
import { expect } from 'chai'
import { type Leases, startJob } from '../../../../server/platform/jobs/job.js'

const START = new Date('2026-11-22T03:00:00Z')
const HOUR_MS = 3_600_000

/** Leases in a variable, for processes that the test plays. */
function sharedLeases() {
  const state = { holder: '', doneSince: null as Date | null }
  const of = (holder: string): Leases => ({
    leaseMs: 1000,
    async take() {
      if (state.holder !== '' && state.holder !== holder) return false
      state.holder = holder
      return true
    },
    async release(_job, doneSince) {
      state.holder = ''
      if (doneSince) state.doneSince = doneSince
    },
    doneSince: async () => state.doneSince,
  })
  return { state, of }
}

/** A job that says when it begins and waits to be told to end. */
function slowJob(everyMs = HOUR_MS) {
  const runs: string[] = []
  const calls = new EventTarget()
  const failures: unknown[] = []
  const jobOf = (who: string) => ({
    name: 'test',
    everyMs,
    async work() {
      runs.push(who)
      calls.dispatchEvent(new Event('begun'))
      await once(calls, 'end')
    },
    failed: (error: unknown) => void failures.push(error),
  })
  const begun = () => once(calls, 'begun')
  return { runs, failures, jobOf, begun, end: () => calls.dispatchEvent(new Event('end')) }
}

const turns = async (count = 20) => {
  for (let i = 0; i < count; i += 1) await new Promise(setImmediate)
}

describe('a job of several processes', () => {
  it('is done by one of those that start together', async () => {
    const { state, of } = sharedLeases()
    const { runs, jobOf, begun, end } = slowJob()
    const first = begun()
    const jobs = ['a', 'b', 'c'].map((who) => startJob(jobOf(who), of(who), () => START, START))
    await first
    await turns()
    expect(runs).to.deep.equal(['a'])
    end()
    await turns()
    expect(state).to.deep.equal({ holder: '', doneSince: START })
    await Promise.all(jobs.map((job) => job.stop()))
    expect(runs).to.deep.equal(['a'])
  })

  it('is done again for a process that started after the last run began, and not for one that started before', async () => {
    const { state, of } = sharedLeases()
    const { runs, jobOf, begun, end } = slowJob()
    state.doneSince = START
    const older = startJob(jobOf('older'), of('older'), () => new Date(+START + 5000), new Date(+START - 1))
    await turns()
    expect(runs).to.deep.equal([])
    const first = begun()
    const newer = startJob(jobOf('newer'), of('newer'), () => new Date(+START + 5000), new Date(+START + 1))
    await first
    end()
    await Promise.all([older.stop(), newer.stop()])
    expect(runs).to.deep.equal(['newer'])
  })

  it('is done although a clock that was wrong says that it was done in the future', async () => {
    const { state, of } = sharedLeases()
    const { runs, jobOf, begun, end } = slowJob()
    state.doneSince = new Date(+START + 365 * 24 * HOUR_MS)
    const first = begun()
    const job = startJob(jobOf('a'), of('a'), () => START, START)
    await first
    end()
    await job.stop()
    expect(runs).to.deep.equal(['a'])
  })

  it('counts as not done when it was stopped half-way', async () => {
    const { state, of } = sharedLeases()
    const { jobOf, begun, end } = slowJob()
    const first = begun()
    const job = startJob(jobOf('a'), of('a'), () => START, START)
    await first
    const stopped = job.stop()
    end()
    await stopped
    expect(state).to.deep.equal({ holder: '', doneSince: null })
  })

  it('tells of a failure and leaves the process running', async () => {
    const { of } = sharedLeases()
    const { failures, jobOf } = slowJob()
    const failing = { ...jobOf('a'), work: async () => Promise.reject(new Error('no database')) }
    const job = startJob(failing, of('a'), () => START, START)
    await turns()
    await job.stop()
    expect(failures.map((error) => (error as Error).message)).to.deep.equal(['no database'])
  })
})
