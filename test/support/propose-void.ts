import type { VoidRule } from '../../server/domain/voids/void.js'
import { CITY } from './builders.js'
import type { TestApp } from './start-app.js'

/** Proposes a void of all responses of a unit in some days; gives its id. */
export async function proposeVoid(app: TestApp, part: Omit<VoidRule, 'service' | 'channel'>): Promise<string> {
  const rule = { ...part, service: null, channel: null }
  const proposal = { rule, reason: 'other', explanation: 'For a test', login: 'first', expectedCount: null } as const
  const look = await app.voids.propose(CITY, proposal)
  if (look.kind !== 'found') throw new Error(look.kind)
  const outcome = await app.voids.propose(CITY, { ...proposal, expectedCount: look.count })
  if (outcome.kind !== 'proposed') throw new Error(outcome.kind)
  return outcome.id
}
