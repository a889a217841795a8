import { randomUUID } from 'node:crypto'
import { covers, type Scope } from '../../domain/access/scope.js'
import type { Wave } from '../../domain/survey/wave.js'
import { MOST_VOIDED, type ResponseVoid, type VoidReason, type VoidRule } from '../../domain/voids/void.js'
import type { RecordEvent } from '../audit/index.js'
import type { VoidedResponses } from '../responses/index.js'
import type { VoidRepository } from './void.repository.js'

/** What proposing needs. */
export interface ProposeNeeds {
  readonly voids: VoidRepository
  readonly voided: Pick<VoidedResponses, 'find'>
  readonly waves: { byId(id: string): Promise<Wave | undefined> }
  readonly recordEvent: RecordEvent
  readonly now: () => Date
}

/** A set of responses, and why they should be out of the figures. */
export interface Proposal {
  readonly rule: VoidRule
  readonly reason: VoidReason
  readonly explanation: string
  readonly login: string
  /** How many the proposer saw; another number means that the page was old. `null`: only look. */
  readonly expectedCount: number | null
  /** Of what the rule means one response alone, by its id; it stands in the list of ids and nowhere else. */
  readonly only?: string
}

export type ProposeOutcome =
  | { readonly kind: 'proposed'; readonly id: string }
  /** So many would be meant. */
  | { readonly kind: 'found'; readonly count: number }
  | { readonly kind: 'changed_meanwhile'; readonly count: number }
  | {
      readonly kind: 'unknown_wave' | 'unknown_unit' | 'days_wrong' | 'none_found' | 'too_many' | 'explanation_missing'
    }

/** Binds proposing to where things are kept. */
export function makeProposeVoid(needs: ProposeNeeds) {
  const { voids, recordEvent, now } = needs
  return async (scope: Scope, proposal: Proposal): Promise<ProposeOutcome> => {
    const { rule, reason, explanation, login, expectedCount } = proposal
    const fault = await faultOf(needs, scope, rule)
    if (fault !== null) return { kind: fault }
    const ids = await responsesOf(needs, proposal)
    const count = ids.length
    if (count > MOST_VOIDED) return { kind: 'too_many' }
    if (count === 0) return { kind: 'none_found' }
    if (explanation.trim() === '') return { kind: 'explanation_missing' }
    if (expectedCount !== count) return { kind: expectedCount === null ? 'found' : 'changed_meanwhile', count }
    const one = newVoid({ rule, lifts: null, reason, explanation, login, count, at: now() })
    await recordEvent({
      kind: 'void_proposed',
      actor: { type: 'account', name: login },
      subject: one.id,
      details: { ...rule, reason, count },
    })
    await voids.insert(one, ids)
    return { kind: 'proposed', id: one.id }
  }
}

async function faultOf({ waves }: ProposeNeeds, scope: Scope, { waveId, unitUid, service, from, to }: VoidRule) {
  const wave = await waves.byId(waveId)
  if (wave === undefined) return 'unknown_wave'
  const part = { unitUids: [unitUid], services: service === null ? null : [service], period: { from, to } }
  if (!wave.unitUids.includes(unitUid) || !covers(scope, part)) return 'unknown_unit'
  return from < to ? null : 'days_wrong'
}

/** The ids that are meant; one more than may be, where there are more. */
async function responsesOf({ voided }: ProposeNeeds, { rule, only }: Proposal): Promise<readonly string[]> {
  const ids: string[] = []
  for await (const id of voided.find(rule)) {
    if (only === undefined || only === id) ids.push(id)
    if (ids.length > MOST_VOIDED) break
  }
  return ids
}

/** A void as it is proposed. */
export function newVoid(facts: {
  readonly rule: VoidRule
  readonly lifts: string | null
  readonly reason: VoidReason
  readonly explanation: string
  readonly login: string
  readonly count: number
  readonly at: Date
}): ResponseVoid {
  const { rule, lifts, reason, explanation, login, count, at } = facts
  return {
    id: randomUUID(),
    rule,
    lifts,
    reason,
    explanation,
    responseCount: count,
    state: 'proposed',
    proposedBy: login,
    proposedAt: at,
    decidedBy: null,
    decidedAt: null,
    note: null,
    appliedAt: null,
  }
}
