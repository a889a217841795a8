import { userInfo } from 'node:os'
import type { AuditDetails, AuditKind } from '../../server/domain/audit/audit-event.js'
import { createAudit } from '../../server/features/audit/index.js'
import type { Connection } from '../../server/platform/mongo/connect.js'

/** Writes down what a command did, under the name of whoever is signed in to the machine. */
export type NoteCommand = (kind: AuditKind, subject: string, details?: AuditDetails) => Promise<void>

/** The audit log for a command; bind it before the indexes are built. */
export function commandAudit(connection: Connection): NoteCommand {
  const { recordEvent } = createAudit({ connection, signer: null, now: () => new Date() })
  const actor = { type: 'command', name: userInfo().username } as const
  return async (kind, subject, details = {}) => {
    await recordEvent({ kind, actor, subject, details })
  }
}
