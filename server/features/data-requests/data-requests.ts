import { randomInt } from 'node:crypto'
import { CONTACT_DAYS, type RequestKind } from '../../domain/privacy/data-request.js'
import type { Language } from '../../domain/survey/vocabulary.js'
import type { SecretBox } from '../../platform/secret-box.js'
import type { RecordEvent } from '../audit/index.js'
import type { DataRequest, DataRequestRepository } from './data-request.repository.js'

/** What a person writes: all of it optional but the wish itself. */
export interface PersonsWords {
  /** Where the answer may go besides the page of the code. */
  readonly contact: string
  /** Receipt code of a response, as kept by the person. */
  readonly receipt: string
  readonly words: string
}

/** Crockford's base 32, as receipts have it: no letters that are mixed up. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
export const REQUEST_CODE = /^Y-[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){2}$/
const DAY_MS = 86_400_000

/** 60 random bits, told from a receipt by its first letter. */
function newCode(): string {
  const letters = Array.from({ length: 12 }, () => ALPHABET[randomInt(ALPHABET.length)]!).join('')
  return `Y-${letters.match(/.{4}/g)!.join('-')}`
}

/** What keeping requests needs. */
export interface DataRequestNeeds {
  readonly requests: DataRequestRepository
  readonly box: SecretBox
  readonly recordEvent: RecordEvent
  readonly now: () => Date
}

export type StepOutcome = 'done' | 'unknown' | 'too_late' | 'text_missing'

/** Requests of people about their own data, from the wish to its end; each step once and in the log. */
export function makeDataRequests({ requests, box, recordEvent, now }: DataRequestNeeds) {
  const note = (
    kind: 'request_acknowledged' | 'request_extended' | 'request_fulfilled' | 'request_refused' | 'request_read',
    login: string,
    code: string,
  ) => recordEvent({ kind, actor: { type: 'account', name: login }, subject: code, details: {} })

  /** Written down before it is done. */
  async function step(
    code: string,
    login: string,
    kind: Parameters<typeof note>[0],
    how: Parameters<DataRequestRepository['take']>[1],
  ): Promise<StepOutcome> {
    const found = await requests.byCode(code)
    if (found === undefined) return 'unknown'
    const isPossible = how.from.includes(found.state) && !(how.isFirstExtension && found.extendedAt !== null)
    if (!isPossible) return 'too_late'
    await note(kind, login, code)
    return (await requests.take(code, how)) ? 'done' : 'too_late'
  }

  return {
    /** @returns the code by which the person follows the request */
    async ask(kind: RequestKind, language: Language, words: PersonsWords): Promise<string> {
      const code = newCode()
      const at = now()
      await requests.insert({ code, kind, language, receivedAt: at, sealed: box.seal(JSON.stringify(words)) })
      return code
    },
    byCode: requests.byCode,
    list: requests.list,
    /** What the person wrote, and that somebody read it goes into the log; `null` once it is gone or cannot be opened. */
    async read({ code, sealed }: DataRequest, login: string): Promise<PersonsWords | null> {
      const text = sealed === null ? undefined : box.open(sealed)
      if (text === undefined) return null
      await note('request_read', login, code)
      return JSON.parse(text) as PersonsWords
    },
    acknowledge: (code: string, login: string) =>
      step(code, login, 'request_acknowledged', {
        from: ['received'],
        facts: { state: 'acknowledged', acknowledgedAt: now() },
      }),
    /** More time, once and for a reason that the person is told. */
    async extend(code: string, login: string, reason: string): Promise<StepOutcome> {
      if (reason === '') return 'text_missing'
      return step(code, login, 'request_extended', {
        from: ['received', 'acknowledged'],
        isFirstExtension: true,
        facts: { extendedAt: now(), extensionReason: reason },
      })
    },
    /** @param answer is shown to whoever has the code */
    async close(code: string, login: string, state: 'fulfilled' | 'refused', answer: string): Promise<StepOutcome> {
      if (answer === '') return 'text_missing'
      return step(code, login, state === 'fulfilled' ? 'request_fulfilled' : 'request_refused', {
        from: ['received', 'acknowledged'],
        facts: { state, closedAt: now(), answer },
      })
    },
    /** Removes what people wrote in requests that ended long enough ago. @returns how many */
    async clearEnded(): Promise<number> {
      const due = await requests.toClear(new Date(now().getTime() - CONTACT_DAYS * DAY_MS))
      if (due.length === 0) return 0
      const actor = { type: 'job', name: 'privacy' } as const
      await recordEvent({ kind: 'requests_cleared', actor, subject: 'data_requests', details: { count: due.length } })
      for (const { code } of due) await requests.clear(code, now())
      return due.length
    },
  }
}

export type DataRequests = ReturnType<typeof makeDataRequests>
