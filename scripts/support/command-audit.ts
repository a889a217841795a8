import { userInfo } from 'node:os'
import { type NoteChange, notesOf } from '../../server/features/accounts/index.js'
import { createAudit } from '../../server/features/audit/index.js'
import type { Connection } from '../../server/platform/mongo/connect.js'

/** Notes of a command under the name of whoever is signed in to the machine; bind them before the indexes are built. */
export function commandAudit(connection: Connection): NoteChange {
  const { recordEvent } = createAudit({ connection, signer: null, now: () => new Date() })
  return notesOf(recordEvent, { type: 'command', name: userInfo().username })
}
