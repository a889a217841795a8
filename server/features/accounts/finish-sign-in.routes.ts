import type { Request, Response } from 'express'
import type { RecordEvent } from '../audit/index.js'
import { homeOf } from './access.routes.js'
import { type Account, owesSecondFactor } from './account.js'
import { signedIn } from './account-events.js'
import type { KnownDevices } from './known-device.js'
import { startSession } from './session.routes.js'
import type { SignedInBy } from './sign-in-ways.js'

const DEVICE_COOKIE = 'hai_long_device'
const DEVICE_DAYS = 180
const DAY_MS = 24 * 60 * 60 * 1000

/** The mark that a browser shows, of an earlier sign-in. */
export function deviceMarkOf(req: Request): string | undefined {
  const pairs = (req.headers.cookie ?? '').split(';').map((pair) => pair.trim())
  const own = pairs.find((pair) => pair.startsWith(`${DEVICE_COOKIE}=`))
  return own?.slice(DEVICE_COOKIE.length + 1)
}

/** Opens the session of somebody who has shown all that signing in takes, and leads on. */
export type FinishSignIn = (
  req: Request,
  res: Response,
  account: Account,
  next: string | undefined,
  by?: SignedInBy,
) => Promise<void>

export const makeFinishSignIn =
  (deps: {
    readonly devices: KnownDevices
    readonly recordEvent: RecordEvent
    readonly secureCookies: boolean
    readonly now: () => Date
  }): FinishSignIn =>
  async (req, res, account, next, by = 'password') => {
    await deps.recordEvent(signedIn(account, by))
    await startSession(req, account.id, deps.now())
    res.cookie(DEVICE_COOKIE, deps.devices.mark(account.login), {
      httpOnly: true,
      sameSite: 'lax',
      secure: deps.secureCookies,
      maxAge: DEVICE_DAYS * DAY_MS,
      path: '/sign-in',
    })
    const home = owesSecondFactor(account) ? '/account/second-factor' : homeOf(account)
    res.redirect(303, next ?? `${home}${res.locals.langQuery}`)
  }
