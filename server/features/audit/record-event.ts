import type { AuditEvent, AuditNote } from '../../domain/audit/audit-event.js'
import { type Hash, linkAfter } from '../../domain/audit/chain.js'
import { oneAtATime } from '../../platform/keep-by-state.js'
import type { AuditLog } from './audit.repository.js'

/**
 * Writes down what is about to happen, or just did; on disk when it returns.
 *
 * Who calls it before acting does nothing that is not written down: when it fails, the act does not take place.
 */
export type RecordEvent = (note: AuditNote) => Promise<AuditEvent>

/** Servers that write at the same time take the next place in turn; so many lost races are no coincidence. */
const MOST_TRIES = 50

/** Binds the log to its place. */
export function makeRecordEvent(deps: {
  readonly log: Pick<AuditLog, 'append' | 'end'>
  readonly hash: Hash
  readonly now: () => Date
}): RecordEvent {
  const inTurn = oneAtATime()
  return (note) =>
    inTurn(async () => {
      for (let tries = 0; tries < MOST_TRIES; tries += 1) {
        const event = linkAfter(await deps.log.end(), note, deps.now().toISOString(), deps.hash)
        if ((await deps.log.append(event)) === 'appended') return event
      }
      throw new Error('The audit log could not be written: its next place was always taken')
    })
}
