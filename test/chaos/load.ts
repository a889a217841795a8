/**
 * A process of its own that plays the citizens and an analyst: `load.ts PLAN.json`. Told `stop` by its parent, it lets everybody
 * finish and ends.
 */
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { City } from './city.js'
import { openJournal } from './support/journal.js'
import { createSender } from './support/sender.js'

/** What a load process is to do. */
export interface LoadPlan {
  readonly urls: readonly string[]
  readonly city: City
  readonly journal: string
  readonly senders: number
  /** Also holds so many posts open, half sent. */
  readonly halves: number
}

/** What its parent is told, again and again; `isDone` once. */
export interface LoadReport {
  readonly acknowledged: number
  readonly sent: number
  /** Longest time of a request by kind, in milliseconds. */
  readonly slowest: Readonly<Record<string, number>>
  /** Answers by kind and status; `broken`: the connection ended, `hung`: longer than any request may take. */
  readonly answers: Readonly<Record<string, number>>
  readonly isDone: boolean
}

const REPORT_MS = 50

const plan = JSON.parse(readFileSync(process.argv[2]!, 'utf8')) as LoadPlan
const journal = openJournal(plan.journal)
const sender = createSender(plan, journal)
let isStopping = false

/** A post of which the second half never comes. */
function openHalf(url: string): void {
  const { hostname, port } = new URL(url)
  const id = randomUUID()
  const body = JSON.stringify({ submissionId: id, ...plan.city.cases[0]!.body })
  const socket = connect(Number(port), hostname, () => {
    journal.note('halved', id)
    socket.write(
      `POST /api/v1/responses HTTP/1.1\r\nHost: ${hostname}:${port}\r\nContent-Type: application/json\r\n` +
        `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body.slice(0, body.length / 2)}`,
    )
  })
  socket.on('error', () => socket.destroy())
}

async function keepSending(): Promise<void> {
  while (!isStopping) await sender.completeOne()
}
async function keepReading(): Promise<void> {
  while (!isStopping) {
    await sender.read()
    await sleep(REPORT_MS)
  }
}

const report = (isDone: boolean) => process.send!({ ...sender.report(), isDone } satisfies LoadReport)

process.on('message', (message) => {
  if (message === 'stop') isStopping = true
})
process.on('disconnect', () => process.exit(1))
for (let i = 0; i < plan.halves; i += 1) openHalf(plan.urls[0]!)
const timer = setInterval(() => report(false), REPORT_MS)
await Promise.all([...Array.from({ length: plan.senders }, keepSending), keepReading()])
clearInterval(timer)
journal.close()
process.send!({ ...sender.report(), isDone: true } satisfies LoadReport, () => process.exit(0))
