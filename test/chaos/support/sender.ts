/** Citizens who send by API and by form and, mostly, try until they have their receipt. */
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { CityCase } from '../city.js'
import type { LoadPlan } from '../load.js'
import type { Journal } from './journal.js'

/** No request may take longer, whatever happens to the server; the run prints the longest, which on a quiet machine is far less. */
export const LONGEST_REQUEST_MS = 120_000
const PAUSE_MS = 100
/** Who has no receipt after so many tries gives up; far more than any fault of a run lasts. */
const MOST_TRIES = 1500
/** One in so many sends once and never again, whatever comes of it. */
const HASTY = 10
/** One in so many sends the same case by two connections at once, to different servers where there are several. */
const TWINS = 8
/** One in so many answers on the form. */
const FORMS = 4

interface Reply {
  readonly status: number | 'broken' | 'hung'
  readonly text: string
}
type Send = (url: string) => Promise<Reply>

const FORM = { 'content-type': 'application/x-www-form-urlencoded' }
const JSON_TYPE = { 'content-type': 'application/json' }
/** A case on the form names itself in the page's signed state. */
const stateOf = (page: string) => /name="state" value="([^"]+)"/.exec(page)?.[1]
const idIn = (state: string) =>
  (JSON.parse(Buffer.from(state.split('.')[1] ?? '', 'base64url').toString()) as { submissionId: string }).submissionId

const isReceipt = (status: Reply['status']) => status === 200 || status === 201 || status === 303
/** Worth another try: the sender is told that it is not his fault, or nothing at all. */
const isPassing = (status: Reply['status']) => typeof status === 'string' || status >= 500

export function createSender({ urls, city }: LoadPlan, journal: Journal) {
  const answers: Record<string, number> = {}
  const slowest: Record<string, number> = {}
  let [number, sent, acknowledged] = [0, 0, 0]

  async function request(kind: string, url: string, init: RequestInit): Promise<Reply> {
    const start = performance.now()
    const limit = AbortSignal.timeout(LONGEST_REQUEST_MS)
    const reply = await fetch(url, { ...init, redirect: 'manual', signal: limit }).then(
      async (answer): Promise<Reply> => ({ status: answer.status, text: await answer.text() }),
      (error: Error): Reply => ({ status: error.name === 'TimeoutError' ? 'hung' : 'broken', text: '' }),
    )
    slowest[kind] = Math.max(slowest[kind] ?? 0, Math.round(performance.now() - start))
    const code = reply.status === 503 ? ` ${/storage_full|not_ready/.exec(reply.text)?.[0] ?? ''}` : ''
    answers[`${kind} ${reply.status}${code}`] = (answers[`${kind} ${reply.status}${code}`] ?? 0) + 1
    return reply
  }

  /** Sends until there is a receipt, taking the servers in turn; a refusal for good ends it. */
  async function tryUntilReceipt(send: Send, isHasty: boolean, from: number): Promise<boolean> {
    for (let i = 0; i < (isHasty ? 1 : MOST_TRIES); i += 1) {
      const { status } = await send(urls[(from + i) % urls.length]!)
      if (isReceipt(status)) return true
      if (!isPassing(status)) return false
      await sleep(PAUSE_MS)
    }
    return false
  }

  async function submit(id: string, send: Send, of: number): Promise<void> {
    journal.note('sent', id)
    sent += 1
    const isHasty = of % HASTY === 0
    const twins = of % TWINS === 0 ? [of, of + 1] : [of]
    const received = await Promise.all(twins.map((from) => tryUntilReceipt(send, isHasty, from)))
    if (!received.includes(true)) return
    journal.note('acknowledged', id)
    acknowledged += 1
  }

  const byApi = (id: string, { body }: CityCase): Send => {
    const text = JSON.stringify({ submissionId: id, ...body })
    return (url) => request('api', `${url}/api/v1/responses`, { method: 'POST', headers: JSON_TYPE, body: text })
  }

  async function answerForm({ formPath, fields, month }: CityCase, of: number): Promise<void> {
    const url = urls[of % urls.length]!
    const begin = { method: 'POST', headers: FORM, body: `month=${month}&consent=1` }
    const page = await request('page', `${url}${formPath}`, begin)
    const state = stateOf(page.text)
    if (state === undefined) return void (await sleep(PAUSE_MS))
    const body = `state=${state}&nav=next&${fields}`
    const init = { method: 'POST', headers: FORM, body }
    await submit(idIn(state), (to) => request('form', `${to}${formPath}`, init).then(asReceipt), of)
  }
  /** A form that is shown again, whatever its status, is no receipt. */
  const asReceipt = ({ status, text }: Reply): Reply => ({ status: status === 200 ? 422 : status, text })

  return {
    async completeOne(): Promise<void> {
      const of = number
      number += 1
      const one = city.cases[of % city.cases.length]!
      if (of % FORMS === 1) return answerForm(one, of)
      const id = randomUUID()
      return submit(id, byApi(id, one), of)
    },
    /** The analyst asks for the report, which counts what has come in. */
    async read(): Promise<void> {
      const headers = { authorization: `Bearer ${city.token}` }
      const { status } = await request('report', `${urls[number % urls.length]}/api/v1/waves/${city.waveId}/index`, {
        headers,
      })
      if (status !== 200) await sleep(PAUSE_MS)
    },
    report: () => ({ acknowledged, sent, slowest, answers }),
  }
}
