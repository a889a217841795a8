import { isErasure } from '../../domain/voids/void.js'
import type { RecordEvent } from '../audit/index.js'
import type { ApplyVoid } from './apply-void.js'
import { newVoid } from './propose-void.js'
import type { VoidRepository } from './void.repository.js'

/** Who decides, and what they say. */
export interface VoidVote {
  readonly id: string
  readonly login: string
  readonly note: string
}

export type VoteOutcome =
  | { readonly kind: 'done'; readonly id: string }
  | { readonly kind: 'unknown' | 'own_proposal' | 'decided_already' | 'note_missing' | 'not_to_lift' | 'erased' }

/** What deciding needs. */
export interface DecideNeeds {
  readonly voids: VoidRepository
  readonly apply: ApplyVoid
  readonly recordEvent: RecordEvent
  /** Those of some responses that still have answers. */
  readonly answered: (ids: readonly string[]) => Promise<readonly unknown[]>
  readonly now: () => Date
}

/** The second person's part: approving, rejecting; and proposing to take an approved void back. */
export function makeVotes({ voids, apply, recordEvent, answered, now }: DecideNeeds) {
  async function decide({ id, login, note }: VoidVote, state: 'approved' | 'rejected'): Promise<VoteOutcome> {
    const before = await voids.byId(id)
    if (before === undefined) return { kind: 'unknown' }
    if (before.proposedBy === login) return { kind: 'own_proposal' }
    if (before.state !== 'proposed') return { kind: 'decided_already' }
    const kind = state === 'approved' ? 'void_approved' : 'void_rejected'
    const details = { count: before.responseCount, lifts: before.lifts }
    await recordEvent({ kind, actor: { type: 'account', name: login }, subject: id, details })
    const isDone = await voids.decide(id, { state, decidedBy: login, decidedAt: now(), note })
    if (!isDone) return { kind: 'decided_already' }
    // Should it die here, the next start applies what is approved and was not applied.
    if (state === 'approved') await apply({ ...before, state })
    return { kind: 'done', id }
  }

  return {
    approve: (vote: VoidVote) => decide(vote, 'approved'),
    reject: async (vote: VoidVote): Promise<VoteOutcome> =>
      vote.note.trim() === '' ? { kind: 'note_missing' } : decide(vote, 'rejected'),

    /** Proposes to put the responses of an approved void back; another person approves. */
    async lift({ id, login, note }: VoidVote): Promise<VoteOutcome> {
      const before = await voids.byId(id)
      if (before === undefined) return { kind: 'unknown' }
      if (note.trim() === '') return { kind: 'note_missing' }
      const others = await voids.list()
      const isLifted = others.some(({ lifts, state }) => lifts === id && state !== 'rejected')
      if (before.state !== 'approved' || before.lifts !== null || isLifted) return { kind: 'not_to_lift' }
      const { rule, reason, responseCount: count } = before
      const ids = await voids.responsesOf(id)
      // What a person withdrew is erased by now: there is nothing to put back.
      if (isErasure(before) && (await answered(ids)).length === 0) return { kind: 'erased' }
      const one = newVoid({ rule, lifts: id, reason, explanation: note, login, count, at: now() })
      await recordEvent({
        kind: 'void_proposed',
        actor: { type: 'account', name: login },
        subject: one.id,
        details: { lifts: id, count },
      })
      await voids.insert(one, ids)
      return { kind: 'done', id: one.id }
    },
  }
}

export type Votes = ReturnType<typeof makeVotes>
