/** What people ask about their own data: the public form, the desk, and what is removed afterwards. */

import { limitPerAddress } from '../../platform/http/rate-limit.js'
import type { Counters } from '../../platform/limits/counters.js'
import type { Connection } from '../../platform/mongo/connect.js'
import { createSecretBox } from '../../platform/secret-box.js'
import type { RecordEvent } from '../audit/index.js'
import { receiptFinder } from '../responses/index.js'
import { askRoutes } from './ask.routes.js'
import { mongoDataRequests } from './data-request.repository.js'
import { makeDataRequests } from './data-requests.js'
import { type DeskNeeds, deskRoutes } from './desk.routes.js'
import { makeWithdrawResponse, type ProposeVoid } from './withdraw-response.js'

/** Requests and looks at them, per address and minute: an office may share one, and a code has 60 bits. */
const PER_MINUTE = 30

/** Everything about requests on a connection. */
export function createDataRequests(
  deps: Omit<DeskNeeds, 'dataRequests' | 'findByReceipt' | 'withdraw'> & {
    readonly proposeVoid: ProposeVoid
    readonly connection: Connection
    readonly secret: string
    readonly counters: Counters
    readonly recordEvent: RecordEvent
  },
) {
  const { connection, secret } = deps
  const requests = mongoDataRequests(connection)
  const dataRequests = makeDataRequests({ ...deps, requests, box: createSecretBox(secret, 'data requests') })
  const limiter = limitPerAddress(PER_MINUTE, { ...deps, name: 'data requests' })
  const findByReceipt = receiptFinder(connection, secret)
  const withdraw = makeWithdrawResponse(deps.proposeVoid)
  return {
    ask: dataRequests.ask,
    clearEnded: dataRequests.clearEnded,
    pages: [
      askRoutes({ ...deps, dataRequests, limiter }),
      deskRoutes({ ...deps, dataRequests, findByReceipt, withdraw }),
    ],
  }
}
