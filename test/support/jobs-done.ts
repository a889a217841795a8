import { setTimeout as sleep } from 'node:timers/promises'
import type { TestApp } from './start-app.js'

const LIMIT_MS = 10_000

/** Waits until the jobs of a server that was just started have come to their first end: then none is at the data of a test. */
export async function jobsDone({ connection }: Pick<TestApp, 'connection'>): Promise<void> {
  const leases = connection.collection('leases')
  for (let waited = 0; waited < LIMIT_MS; waited += 20) {
    const all = await leases.find().toArray()
    if (all.length >= JOBS && all.every(({ doneSince }) => doneSince instanceof Date)) return
    await sleep(20)
  }
  throw new Error('The jobs of the server did not come to an end')
}

/** Of `server/jobs.ts`. */
const JOBS = 4
