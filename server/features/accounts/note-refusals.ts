import type { Rule } from '../../domain/access/permissions.js'
import type { RecordEvent } from '../audit/index.js'
import type { Account } from './account.js'
import { actorOf } from './account-events.js'

/** Why somebody who is signed in was turned away: by their role, since a form was not of their session, or from another unit's figures. */
export type Refusal = 'role' | 'form' | 'scope'

/** One of a kind is told in so long, so that nobody fills the log by knocking. */
const QUIET_MS = 60 * 60 * 1000
const MOST_CHARACTERS = 200
/** So many an hour of one account and reason; the next are of the same kind. */
const MOST_TOLD = 100

/**
 * Writes down who was turned away where: the first time in an hour for each account, rule and reason, by this process. From figures of other
 * units each page counts, up to some: who tries many is told of as often.
 */
export function makeNoteRefusal(recordEvent: RecordEvent, now: () => Date) {
  const told = new Map<string, number>()
  /** Whether this one is told, counting it. */
  function isTold(key: string, at: number): boolean {
    if (at - (told.get(key) ?? Number.NEGATIVE_INFINITY) < QUIET_MS) return false
    // Everything that may be told again, so that knocking does not fill the memory either.
    for (const [known, since] of told) if (at - since >= QUIET_MS) told.delete(known)
    told.set(key, at)
    return true
  }

  return async (account: Pick<Account, 'login'>, rule: Rule | null, why: Refusal, path: string): Promise<void> => {
    const at = now().getTime()
    const place = why === 'scope' ? path.slice(0, MOST_CHARACTERS) : rule
    const ofAccount = `${account.login} ${why} `
    const known = [...told].filter(([key, since]) => key.startsWith(ofAccount) && at - since < QUIET_MS).length
    if (known >= MOST_TOLD || !isTold(`${ofAccount}${place}`, at)) return
    const details = { ...(rule === null ? {} : { rule }), why, path: path.slice(0, MOST_CHARACTERS) }
    await recordEvent({ kind: 'access_refused', actor: actorOf(account), subject: account.login, details })
  }
}

export type NoteRefusal = ReturnType<typeof makeNoteRefusal>
