import type { Rule } from '../../domain/access/permissions.js'
import type { RecordEvent } from '../audit/index.js'
import type { Account } from './account.js'
import { actorOf } from './account-events.js'

/** Why somebody who is signed in was turned away: by their role, or since a form was not of their session. */
export type Refusal = 'role' | 'form'

/** One of a kind is told in so long, so that nobody fills the log by knocking. */
const QUIET_MS = 60 * 60 * 1000
const MOST_CHARACTERS = 200

/** Writes down who was turned away where: the first time in an hour for each account, rule and reason, by this process. */
export function makeNoteRefusal(recordEvent: RecordEvent, now: () => Date) {
  const told = new Map<string, number>()
  return async (account: Pick<Account, 'login'>, rule: Rule, why: Refusal, path: string): Promise<void> => {
    const key = `${account.login} ${rule} ${why}`
    const at = now().getTime()
    if (at - (told.get(key) ?? Number.NEGATIVE_INFINITY) < QUIET_MS) return
    told.set(key, at)
    const details = { rule, why, path: path.slice(0, MOST_CHARACTERS) }
    await recordEvent({ kind: 'access_refused', actor: actorOf(account), subject: account.login, details })
  }
}

export type NoteRefusal = ReturnType<typeof makeNoteRefusal>
