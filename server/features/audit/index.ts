/** The audit log: what staff did and what was published, chained, sealed and signed. */
import { createHash } from 'node:crypto'
import type { AuditHead } from '../../domain/audit/head.js'
import type { Connection } from '../../platform/mongo/connect.js'
import { isSignedBy, keyIdOf, type Signer } from '../../platform/signing.js'
import { mongoStoredResponses } from '../responses/index.js'
import { mongoAuditLog } from './audit.repository.js'
import { makeRecordEvent } from './record-event.js'
import { makeRemoveAnswers } from './removals.js'
import { makeSealLog } from './seal-log.js'
import { verifyLog } from './verify-log.js'

export { auditRoutes } from './audit.routes.js'
export type { RecordEvent } from './record-event.js'
export type { RemoveAnswers } from './removals.js'
export type { LogCheck, LogFault } from './verify-log.js'

const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex')

/** The log on a connection; indexes of its collections are built by `buildIndexes` afterwards. */
export function createAudit(deps: {
  readonly connection: Connection
  readonly signer: Signer | null
  readonly now: () => Date
  readonly mostInSeal?: number
}) {
  const log = mongoAuditLog(deps.connection)
  const stored = mongoStoredResponses(deps.connection)
  const recordEvent = makeRecordEvent({ log, hash: sha256, now: deps.now })
  const removeAnswers = makeRemoveAnswers({ ...deps, log, recordEvent, stored })
  return {
    log,
    recordEvent,
    removeAnswers,
    answered: stored.answered,
    seal: makeSealLog({ ...deps, log, recordEvent, stored }),
  }
}

export type Audit = ReturnType<typeof createAudit>

/**
 * Checks the log of a database.
 *
 * @param publicKeys PEM, as published at `/signing-key.pem`; earlier keys too, where the key was changed
 * @param keptHeads copies of signed heads from elsewhere
 */
export function checkAudit(
  connection: Connection,
  publicKeys: readonly string[],
  keptHeads: readonly AuditHead[] = [],
) {
  const keyOf = new Map(publicKeys.map((publicKey) => [keyIdOf(publicKey), publicKey]))
  return verifyLog({
    log: mongoAuditLog(connection),
    stored: mongoStoredResponses(connection),
    hash: sha256,
    isSigned(bytes, { keyId, signature }) {
      const publicKey = keyOf.get(keyId)
      return publicKey !== undefined && isSignedBy(bytes, Buffer.from(signature, 'base64'), publicKey)
    },
    keptHeads,
  })
}
