import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Channel } from '../../domain/survey/vocabulary.js'

/** What a respondent has typed or ticked, by item code, as the browser sends it. */
export type Fields = Readonly<Record<string, string | readonly string[]>>

/** Where on the way a respondent is: the code of a section, or one of these. */
export const AT_START = '@start'
export const AT_WHOLE_FORM = '@all'

/** A case under way. It lives in the page alone: the server remembers nothing before the last step. */
export interface FormState {
  /** UUID, made once at the start; sending the same state twice therefore stores once. */
  readonly submissionId: string
  readonly waveId: string
  readonly questionnaireHash: string
  readonly unitUid: string
  readonly service: string
  readonly channel: Channel
  /** Month of the transaction, `YYYY-MM`. */
  readonly month: string
  readonly consentVersion: string
  /** Milliseconds since 1970. */
  readonly startedAtMs: number
  readonly at: string
  /** Codes of the items on the page that carries this state: what is not among them has not been seen. */
  readonly shown: readonly string[]
  readonly fields: Fields
}

export type StateReading =
  | { readonly kind: 'valid'; readonly state: FormState }
  /** Not ours, or altered, or cut short. */
  | { readonly kind: 'broken' }
  /** Older than a day. */
  | { readonly kind: 'expired' }

const VERSION = 'v1'
const LIFETIME_MS = 24 * 60 * 60 * 1000
/** Characters of a signed state; the body parser takes 64 KB in all, the page's own fields included. */
export const MAX_STATE_LENGTH = 40_000

function sign(payload: string, secret: string): Buffer {
  return createHmac('sha256', secret).update(`form-state.${VERSION}.${payload}`).digest()
}

/**
 * A case as one hidden field: readable by its respondent, alterable by nobody.
 *
 * @returns the signed text, or `undefined` when the case has grown beyond `MAX_STATE_LENGTH`
 */
export function sealState(state: FormState, secret: string): string | undefined {
  const payload = Buffer.from(JSON.stringify(state)).toString('base64url')
  const sealed = `${VERSION}.${payload}.${sign(payload, secret).toString('base64url')}`
  return sealed.length <= MAX_STATE_LENGTH ? sealed : undefined
}

/** Reads a hidden field back. Compares in constant time, so that a signature cannot be guessed byte by byte. */
export function openState(sealed: string, secret: string, now: Date): StateReading {
  const [version, payload, signature, ...rest] = sealed.length <= MAX_STATE_LENGTH ? sealed.split('.') : []
  if (version !== VERSION || !payload || !signature || rest.length > 0) return { kind: 'broken' }
  const expected = sign(payload, secret)
  const given = Buffer.from(signature, 'base64url')
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return { kind: 'broken' }
  // The signature vouches for the shape: only `sealState` of this version makes it.
  const state = JSON.parse(Buffer.from(payload, 'base64url').toString()) as FormState
  return state.startedAtMs + LIFETIME_MS < now.getTime() ? { kind: 'expired' } : { kind: 'valid', state }
}
