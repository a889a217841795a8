import type { createAccountBook } from '../../server/features/accounts/index.js'
import type { NoteCommand } from './command-audit.js'

type Book = ReturnType<typeof createAccountBook>

/** A book of accounts of which every change is written down. */
export function recordedBook<Any extends Book>(book: Any, note: NoteCommand): Any {
  const recorded: Pick<Book, 'createAccount' | 'disableAccount' | 'createToken' | 'revokeToken'> = {
    async createAccount(wanted) {
      const outcome = await book.createAccount(wanted)
      if (outcome.kind === 'created') {
        const { login, role, unitUid } = outcome.account
        await note('account_created', login, { role, unit: unitUid })
      }
      return outcome
    },
    async disableAccount(login) {
      const isDone = await book.disableAccount(login)
      if (isDone) await note('account_disabled', login)
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
  }
  return { ...book, ...recorded }
}
