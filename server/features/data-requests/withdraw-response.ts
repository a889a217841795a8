import { type Scope, wholeCity } from '../../domain/access/scope.js'
import { addDays } from '../../domain/survey/day.js'
import type { Channel } from '../../domain/survey/vocabulary.js'
import type { VoidReason, VoidRule } from '../../domain/voids/void.js'
import type { FoundResponse } from '../responses/index.js'

/** Proposes that some responses be out of the figures; a second person decides. */
export type ProposeVoid = (
  scope: Scope,
  proposal: {
    readonly rule: VoidRule
    readonly only: string
    readonly reason: VoidReason
    readonly explanation: string
    readonly login: string
    readonly expectedCount: number
  },
) => Promise<{ readonly kind: string; readonly id?: string }>

/** Proposes the response of a request to a second person. @returns the void, or nothing where it could not be proposed */
export type WithdrawResponse = (found: FoundResponse, explanation: string, login: string) => Promise<string | undefined>

const SCOPE = wholeCity('a receipt may be of any unit')

/** The void names no request: their two would lead from a contact to answers. */
export const makeWithdrawResponse =
  (propose: ProposeVoid): WithdrawResponse =>
  async ({ id: only, waveId, unitUid, service, channel, day: from }, explanation, login) => {
    const rule = { waveId, unitUid, service, channel: channel as Channel, from, to: addDays(from, 1) }
    const outcome = await propose(SCOPE, {
      rule,
      only,
      reason: 'consent_withdrawn',
      explanation,
      login,
      expectedCount: 1,
    })
    return outcome.kind === 'proposed' ? outcome.id : undefined
  }
