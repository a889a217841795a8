/** The ways in: by the API, by the form on one page, by the form page by page. Each completes one response. */
import { randomUUID } from 'node:crypto'
import { formFields, type IntakeWave } from './intake-cases.js'
import type { Answer, Connection } from './support/http-lines.js'

/** What one completed response cost on the wire. */
export interface Completed {
  readonly requests: number
  /** Bytes of answers, headers included. */
  readonly bytes: number
  /** Largest page. */
  readonly largestBytes: number
}

/** Completes the case of a number on a connection. */
export type Way = (connection: Connection, number: number) => Promise<Completed>

const FORM = 'application/x-www-form-urlencoded'
const MONTH = () => new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 7)
const MOST_PAGES = 40

function expectStatus(answer: Answer, status: number, what: string): Answer {
  if (answer.status === status) return answer
  throw new Error(`${what}: status ${answer.status} instead of ${status}: ${answer.body.slice(0, 1000)}`)
}

/** What a list of answers cost. */
function costOf(answers: readonly Answer[]): Completed {
  return {
    requests: answers.length,
    bytes: answers.reduce((sum, { bytes }) => sum + bytes, 0),
    largestBytes: Math.max(...answers.map(({ bytes }) => bytes)),
  }
}

export function apiWay({ wave, questionnaire, cases }: IntakeWave): Way {
  const bodies = cases.map(({ unitUid, service, language, answers }) => ({
    wave: wave.id,
    unit: unitUid,
    service,
    language,
    transactionOn: MONTH(),
    startedAt: new Date(Date.now() - 60_000).toISOString(),
    consent: { given: true, version: questionnaire.consent.version },
    answers,
  }))
  // All but the id is written beforehand: making JSON is the sender's work, not the server's.
  const texts = bodies.map((body) => JSON.stringify(body).slice(1))
  return async (connection, number) => {
    const body = `{"submissionId":"${randomUUID()}",${texts[number % texts.length]}`
    const answer = await connection.post('/api/v1/responses', 'application/json', body)
    return costOf([expectStatus(answer, 201, 'POST /api/v1/responses')])
  }
}

const encoded = (fields: readonly (readonly [string, string])[]) => {
  const query = new URLSearchParams()
  for (const [name, value] of fields) query.append(name, value)
  return query.toString()
}
const stateOf = (page: string): string => /name="state" value="([^"]+)"/.exec(page)?.[1] ?? ''
const fieldsOn = (page: string): ReadonlySet<string> =>
  new Set([...page.matchAll(/ name="([A-Z]\w*)"/g)].map((match) => match[1]!))

/** From the first page to the thanks, as a browser goes: every page is fetched, sent, and followed to where it leads. */
function formWay(wave: IntakeWave, view: string): Way {
  const prepared = wave.cases.map((one) => ({
    path: `/r/${one.unitUid}/${one.service}${view}`,
    fields: formFields(wave.questionnaire, one),
  }))
  const wholeForm = prepared.map(({ fields }) => encoded(fields))
  return async (connection, number) => {
    const place = number % prepared.length
    const { path, fields } = prepared[place]!
    const answers = [expectStatus(await connection.get(path), 200, `GET ${path}`)]
    let answer = await connection.post(path, FORM, `month=${MONTH()}&consent=1`)
    while (answer.status === 200 && answers.length < MOST_PAGES) {
      answers.push(answer)
      const state = stateOf(answer.body)
      if (state === '') throw new Error(`A page of ${path} has no state: ${answer.body.slice(-1500)}`)
      const shown = view === '' ? fieldsOn(answer.body) : undefined
      const own = shown ? encoded(fields.filter(([name]) => shown.has(name))) : wholeForm[place]
      answer = await connection.post(path, FORM, `state=${state}&nav=next&${own}`)
    }
    answers.push(expectStatus(answer, 303, `POST ${path}`))
    answers.push(expectStatus(await connection.get(answer.location), 200, `GET ${answer.location}`))
    return costOf(answers)
  }
}

/** All questions on one page: first page, form, thanks. */
export const onePageWay = (wave: IntakeWave): Way => formWay(wave, '?view=one')
/** One page per group of questions. */
export const pageByPageWay = (wave: IntakeWave): Way => formWay(wave, '')
