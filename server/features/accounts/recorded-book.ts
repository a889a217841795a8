import { isLimited, type ScopeLimits, UNLIMITED } from '../../domain/access/limits.js'
import type { Actor, AuditDetails, AuditKind } from '../../domain/audit/audit-event.js'
import type { RecordEvent } from '../audit/index.js'
import type { createAccountBook } from './index.js'

/** Writes down what somebody did to an account. */
export type NoteChange = (kind: AuditKind, subject: string, details?: AuditDetails) => Promise<void>

/** Notes of one actor. */
export const notesOf =
  (recordEvent: RecordEvent, actor: Actor): NoteChange =>
  async (kind, subject, details = {}) => {
    await recordEvent({ kind, actor, subject, details })
  }

type Book = Omit<ReturnType<typeof createAccountBook>, 'accounts' | 'tokens' | 'sessions' | 'identities'>

/** What limits say of themselves in the log. */
const limitDetails = ({ services, period: { from, to } }: ScopeLimits): AuditDetails => ({
  services: services === null ? null : services.join(' '),
  from,
  to,
})

const ifLimited = (limits: ScopeLimits): AuditDetails => (isLimited(limits) ? limitDetails(limits) : {})

/** A book of accounts of which every change is written down. */
export function recordedBook(book: Book, note: NoteChange): Book {
  const { invitations } = book
  return {
    ...book,
    async createAccount(wanted) {
      const outcome = await book.createAccount(wanted)
      if (outcome.kind === 'created') {
        const { login, role, unitUid } = outcome.account
        await note('account_created', login, { role, unit: unitUid, ...ifLimited(outcome.account.limits) })
      }
      return outcome
    },
    async setLimits(login, limits) {
      const outcome = await book.setLimits(login, limits)
      if (outcome.kind === 'set') await note('account_limited', login, limitDetails(limits))
      return outcome
    },
    async disableAccount(login) {
      const isDone = await book.disableAccount(login)
      if (isDone) await note('account_disabled', login)
      return isDone
    },
    async removeSecondFactor(login) {
      const isDone = await book.removeSecondFactor(login)
      if (isDone) await note('second_factor_removed', login)
      return isDone
    },
    async createToken(wanted) {
      const outcome = await book.createToken(wanted)
      if (outcome.kind === 'created') {
        const { id, expiresAt } = outcome.record
        await note('token_created', wanted.login, { id, expiresAt: expiresAt.toISOString() })
      }
      return outcome
    },
    async revokeToken(id) {
      const isDone = await book.revokeToken(id)
      if (isDone) await note('token_revoked', id)
      return isDone
    },
    invitations: {
      ...invitations,
      async invite(holder, days) {
        const outcome = await invitations.invite(holder, days)
        if (outcome.kind === 'invited') {
          const limits = ifLimited(holder.limits ?? UNLIMITED)
          await note('account_invited', outcome.login, { role: holder.role, unit: holder.unitUid ?? null, ...limits })
        }
        return outcome
      },
      async renew(login) {
        const outcome = await invitations.renew(login)
        if (outcome) await note('account_invited', outcome.login, { renews: true })
        return outcome
      },
      async withdraw(login) {
        await invitations.withdraw(login)
        await note('invitation_withdrawn', login)
      },
      async accept(token, password) {
        const outcome = await invitations.accept(token, password)
        if (outcome.kind === 'accepted') await note('password_set', outcome.login)
        return outcome
      },
    },
  }
}
