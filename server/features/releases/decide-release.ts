import type { AuditKind } from '../../domain/audit/audit-event.js'
import type { Signer } from '../../platform/signing.js'
import type { RecordEvent } from '../audit/index.js'
import { sha256 } from './digests.js'
import type { ReleaseRepository, ReleaseStep } from './release.repository.js'
import { signRelease } from './signed-release.js'

/** Who decides, and what they say. */
export interface Decision {
  readonly id: string
  readonly login: string
  readonly note: string
}

export type DecisionOutcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'unknown' }
  /** Somebody else was faster, or the page was old. */
  | { readonly kind: 'not_in_that_state' }
  /** The second person must be another than the first. */
  | { readonly kind: 'own_draft' }
  | { readonly kind: 'note_missing' }
  | { readonly kind: 'no_signing_key' }

/** What deciding needs. */
export interface DecisionNeeds {
  readonly releases: ReleaseRepository
  readonly recordEvent: RecordEvent
  readonly signer: Signer | null
  readonly now: () => Date
}

/** The steps after drafting: each is taken by one of those who try, and written down. */
export function makeDecisions({ releases, recordEvent, signer, now }: DecisionNeeds) {
  async function step({ id, login }: Decision, kind: AuditKind, how: ReleaseStep): Promise<DecisionOutcome> {
    const before = await releases.byId(id)
    if (before === undefined) return { kind: 'unknown' }
    if (how.notBy === before.draftedBy) return { kind: 'own_draft' }
    if (!how.from.includes(before.state)) return { kind: 'not_in_that_state' }
    const details = { manifest: before.manifest === null ? null : sha256(before.manifest) }
    // First written down: what is published without a trace could be denied.
    await recordEvent({ kind, actor: { type: 'account', name: login }, subject: id, details })
    return (await releases.take(id, how)) ? { kind: 'done' } : { kind: 'not_in_that_state' }
  }

  return {
    /** Agrees with a draft; by another person than the one who drafted it. */
    approve: (decision: Decision) =>
      step(decision, 'release_reviewed', {
        from: ['drafted'],
        to: 'reviewed',
        notBy: decision.login,
        facts: { decidedBy: decision.login, decidedAt: now(), note: decision.note },
      }),

    /** Gives a release up that was not published, also one whose drafting was cut off; its files are removed. */
    async reject(decision: Decision): Promise<DecisionOutcome> {
      if (decision.note.trim() === '') return { kind: 'note_missing' }
      const outcome = await step(decision, 'release_rejected', {
        from: ['drafting', 'drafted', 'reviewed'],
        to: 'rejected',
        facts: { decidedBy: decision.login, decidedAt: now(), note: decision.note },
      })
      if (outcome.kind === 'done') await releases.removeFiles(decision.id)
      return outcome
    },

    /** Signs a reviewed release and shows it to everybody. */
    async publish(decision: Decision): Promise<DecisionOutcome> {
      if (signer === null) return { kind: 'no_signing_key' }
      const found = await releases.byId(decision.id)
      if (found?.manifest === undefined || found.manifest === null)
        return { kind: found === undefined ? 'unknown' : 'not_in_that_state' }
      const publishedAt = now()
      const { keyId, signature } = signRelease(signer, found.id, found.manifest, publishedAt)
      return step(decision, 'release_published', {
        from: ['reviewed'],
        to: 'published',
        facts: { publishedBy: decision.login, publishedAt, keyId, signature },
      })
    },
  }
}

export type Decisions = ReturnType<typeof makeDecisions>
