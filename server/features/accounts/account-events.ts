/** What the audit log is told of accounts: names and addresses, never a password, never what was typed as a login. */
import type { AuditNote } from '../../domain/audit/audit-event.js'
import type { RecordEvent } from '../audit/index.js'
import type { Account } from './account.js'
import type { SignedInBy } from './sign-in-ways.js'

type Named = Pick<Account, 'login' | 'role'>

/** What of a request is written down. */
interface Asked {
  readonly method: string
  readonly path: string
  readonly originalUrl: string
}

/** An account as somebody who acts. */
export const actorOf = ({ login }: Pick<Account, 'login'>) => ({ type: 'account', name: login }) as const

export const signedIn = (account: Named, by: SignedInBy): AuditNote => ({
  kind: 'signed_in',
  actor: actorOf(account),
  subject: account.login,
  details: { role: account.role, by },
})

/** A change that somebody made to their own account. */
export const ownChange = (kind: AuditNote['kind'], account: Named): AuditNote => ({
  kind,
  actor: actorOf(account),
  subject: account.login,
  details: {},
})

export const signedOut = (account: Named): AuditNote => ownChange('signed_out', account)

/** @param login of an account that there is; `null` where the typed text names none, and might be anything */
export const signInRefused = (login: string | null, by: SignedInBy = 'password'): AuditNote => ({
  kind: 'sign_in_refused',
  actor: { type: 'account', name: login ?? '?' },
  subject: login ?? '?',
  details: { isKnown: login !== null, by },
})

/** Routes take other letter case and a slash at the end as well. */
const FILE = /\.(csv|json|jsonstat|xlsx|zip)\/?$/i
const API = /^\/api\//i
const MOST_CHARACTERS = 500

/** Whether figures leave the platform as a file, or by a program. */
const isFile = ({ method, path, originalUrl }: Asked): boolean =>
  method === 'GET' && (FILE.test(path) || API.test(originalUrl))

/** Writes down that figures leave the platform, before they do. */
export async function recordDownload(recordEvent: RecordEvent, account: Named, asked: Asked): Promise<void> {
  if (!isFile(asked)) return
  const [subject = '', query = ''] = asked.originalUrl.split('?', 2)
  const details = { query: query.slice(0, MOST_CHARACTERS) }
  await recordEvent({ kind: 'figures_downloaded', actor: actorOf(account), subject, details })
}
