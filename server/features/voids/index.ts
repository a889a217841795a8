/** Voids: responses that two persons take out of the figures, without touching them. */
import type { Connection } from '../../platform/mongo/connect.js'
import { mongoStoredResponses, mongoVoidedResponses } from '../responses/index.js'
import { type ApplyNeeds, applyApproved, makeApplyVoid } from './apply-void.js'
import { makeVotes } from './decide-void.js'
import { type EffectNeeds, makeEffectOfVoid } from './effect-of-void.js'
import { makeGetAsReceived } from './get-as-received.js'
import { makeProposeVoid, type ProposeNeeds } from './propose-void.js'
import { mongoVoids } from './void.repository.js'
import { type VoidPageNeeds, voidRoutes } from './voids.routes.js'

/** Everything about voids on a connection. */
export function createVoids(
  deps: Pick<ProposeNeeds, 'recordEvent' | 'now'> &
    Pick<ApplyNeeds, 'tallies'> &
    Omit<EffectNeeds, 'responsesById' | 'outOf'> &
    Omit<VoidPageNeeds, 'voids' | 'propose' | 'votes' | 'effectOf' | 'getAsReceived'> & {
      readonly connection: Connection
    },
) {
  const voids = mongoVoids(deps.connection)
  const voided = mongoVoidedResponses(deps.connection)
  const apply = makeApplyVoid({ ...deps, voids, voided })
  const propose = makeProposeVoid({ ...deps, voids, voided })
  const { answered } = mongoStoredResponses(deps.connection)
  const counts = { ...deps, ...voided, outOf: voided.idsOf }
  const [effectOf, getAsReceived] = [makeEffectOfVoid(counts), makeGetAsReceived(counts)]
  const votes = makeVotes({ ...deps, voids, apply, answered })
  return {
    propose,
    votes,
    /** Applies what a crash left approved. */
    applyApproved: () => applyApproved({ voids }, apply),
    list: voids.list,
    /** Responses of a wave that are out of its figures. */
    countOf: voided.countOf,
    responsesOf: voids.responsesOf,
    pages: voidRoutes({ ...deps, voids, propose, votes, effectOf, getAsReceived }),
  }
}
