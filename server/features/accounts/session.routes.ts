/**
 * Sessions of staff: kept in the database, named by a cookie, ended by idleness, by age and by sign-out.
 *
 * The cookie is renewed with each request (idle limit); the time of sign-in is kept in the session (absolute limit).
 * Both limits are checked here against the injected clock; the expiry of the stored document only tidies up.
 */
import { createHmac } from 'node:crypto'
import type { Request, RequestHandler } from 'express'
import session from 'express-session'
import type { Connection } from '../../platform/mongo/connect.js'
import { createSessionStore } from './session-store.js'
import type { SignedInBy } from './sign-in-ways.js'

export interface SessionSettings {
  readonly connection: Connection
  readonly secret: string
  readonly secureCookies: boolean
  readonly sessionIdleMinutes: number
  readonly now: () => Date
}

const COOKIE = 'hai_long_session'

/** Name of the cookie; browsers take one that begins with `__Host-` from this host over https alone. */
export const sessionCookie = (isSecure: boolean): string => (isSecure ? `__Host-${COOKIE}` : COOKIE)

/** A session ends so long after sign-in however busy it is. */
const MAX_SESSION_MS = 12 * 60 * 60 * 1000
const MINUTE_MS = 60_000

/**
 * Where cookies must be secure the site is served over https, whatever the last hop before this process speaks:
 * without this, a proxy that does not say so would make sign-in fail without a word.
 */
const assumeHttps: RequestHandler = (req, _res, next) => {
  Object.defineProperty(req, 'secure', { value: true, configurable: true })
  next()
}

const inPromise = (run: (done: (error: unknown) => void) => void) =>
  new Promise<void>((resolve, reject) => run((error) => (error ? reject(error) : resolve())))

/** Replaces the session by an empty one under a new id; the old one is deleted. */
export const renewSession = (req: Request) => inPromise((done) => req.session.regenerate(done))

/** Deletes the session. */
export const endSession = (req: Request) => inPromise((done) => req.session.destroy(done))

/** Binds a fresh session to an account. A new id: one planted in the browser before is worth nothing. */
export async function startSession(req: Request, accountId: string, at: Date): Promise<void> {
  await renewSession(req)
  Object.assign(req.session, { accountId, signedInAt: at.getTime(), seenAt: at.getTime() })
}

/** Time to type the code of an app in. */
const PENDING_MS = 5 * 60 * 1000

/** Keeps that somebody has given the right password, or was named by the provider, and where they were going; under a new id, and signed in to nothing. */
export async function startPending(
  req: Request,
  accountId: string,
  next: string | undefined,
  at: Date,
  by: SignedInBy = 'password',
): Promise<void> {
  await renewSession(req)
  Object.assign(req.session, { pendingId: accountId, pendingAt: at.getTime(), pendingNext: next, pendingBy: by })
}

/** Who has shown the first of two steps a moment ago and owes the code of the app. */
export function pendingOf(
  req: Request,
  at: Date,
): { accountId: string; next: string | undefined; by: SignedInBy } | undefined {
  const { pendingId, pendingAt = 0, pendingNext, pendingBy = 'password' } = req.session
  if (pendingId === undefined || at.getTime() - pendingAt >= PENDING_MS) return undefined
  return { accountId: pendingId, next: pendingNext, by: pendingBy }
}

function limitAge({ sessionIdleMinutes, now }: SessionSettings): RequestHandler {
  const idleMs = sessionIdleMinutes * MINUTE_MS
  return async (req, _res, next) => {
    const { accountId, signedInAt = 0, seenAt = 0 } = req.session
    if (accountId === undefined) return next()
    const at = now().getTime()
    if (at - seenAt >= idleMs || at - signedInAt >= MAX_SESSION_MS) await renewSession(req)
    else req.session.seenAt = at
    next()
  }
}

/** Middleware that opens the session of a request; sets no cookie until something is kept in it. */
export function sessionHandlers(settings: SessionSettings): RequestHandler[] {
  const handler = session({
    name: sessionCookie(settings.secureCookies),
    // A key of its own, so that a form signed with the same secret can never pass for a session.
    secret: createHmac('sha256', settings.secret).update('staff session').digest('hex'),
    store: createSessionStore(settings.connection),
    resave: false,
    saveUninitialized: false,
    rolling: true,
    cookie: {
      httpOnly: true,
      sameSite: 'lax',
      secure: settings.secureCookies,
      maxAge: settings.sessionIdleMinutes * MINUTE_MS,
      path: '/',
    },
  })
  return [...(settings.secureCookies ? [assumeHttps] : []), handler, limitAge(settings)]
}
