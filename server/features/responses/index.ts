/** Responses: the form that citizens and businesses fill in, intake by form and API, and reading back what is stored. */
import { randomUUID } from 'node:crypto'
import { limitPerAddress } from '../../platform/http/rate-limit.js'
import type { Counters } from '../../platform/limits/counters.js'
import type { Connection } from '../../platform/mongo/connect.js'
import type { Texts } from '../../platform/text.js'
import type {
  IntakeQuestionnaires,
  IntakeRegistry,
  IntakeServices,
  IntakeTallies,
  IntakeWaves,
} from './intake-needs.js'
import { receiptOf } from './receipt.js'
import { responseModel } from './response.model.js'
import { mongoResponseRepository, type ResponseRepository } from './response.repository.js'
import { responseRoutes } from './response.routes.js'
import { type ResponseApiNeeds, responseApi } from './response-api.routes.js'
import type { SubmitOutcome, SubmitResponse } from './submission.js'
import { makeSubmitResponse } from './submit-response.js'
import { mongoVoidedResponses } from './voided-responses.repository.js'

export { RECEIPT_PATTERN } from './receipt.js'
export { type FoundResponse, receiptFinder } from './receipts.repository.js'
export type { ResponseReader, ResponseRepository } from './response.repository.js'
export { mongoStoredResponses, type StoredResponse, type StoredResponses } from './stored-responses.repository.js'
export type { Submission, SubmitOutcome } from './submission.js'
export { makeSubmitResponse, type SubmitNeeds } from './submit-response.js'
export { mongoVoidedResponses, type StoredPlace, type VoidedResponses } from './voided-responses.repository.js'

/** What the feature is made of. */
export interface ResponsesDependencies {
  readonly responses: ResponseRepository
  readonly waves: IntakeWaves
  readonly questionnaires: IntakeQuestionnaires
  readonly registry: IntakeRegistry
  readonly services: IntakeServices
  readonly tallies: IntakeTallies
  /** Signs half-filled forms and derives receipts. */
  readonly secret: string
  readonly limits: { readonly intakePostsPerMinute: number }
  readonly counters: Counters
  /** Asked where staff collect. */
  readonly guardOf: ResponseApiNeeds['guardOf']
  readonly texts: Texts
  readonly now: () => Date
  /** Told what became of each case sent in, for measurements. */
  readonly observeOutcome?: (kind: SubmitOutcome['kind']) => void
}

/**
 * Where responses are kept. Made before the rest, since tallies read from it and intake marks tallies.
 *
 * Indexes are built by `buildIndexes` of platform/mongo, after this call.
 */
export const createResponseRepository = (connection: Connection): ResponseRepository =>
  mongoResponseRepository(responseModel(connection), mongoVoidedResponses(connection).idsOf)

const NONE: ReadonlySet<string> = new Set()

/** The same with voided responses among the others: the series as received. */
export const createReceivedRepository = (connection: Connection): ResponseRepository =>
  mongoResponseRepository(responseModel(connection), async () => NONE)

/** The form, the intake API and the use case behind both. */
export function createResponses(deps: ResponsesDependencies) {
  const submit = makeSubmitResponse({ ...deps, receiptOf: (id) => receiptOf(id, deps.secret) })
  const submitResponse: SubmitResponse = async (submission) => {
    const outcome = await submit(submission)
    deps.observeOutcome?.(outcome.kind)
    return outcome
  }
  const limiter = limitPerAddress(deps.limits.intakePostsPerMinute, { ...deps, name: 'intake' })
  const pages = responseRoutes({ ...deps, submitResponse, limiter, newSubmissionId: randomUUID })
  return { pages, api: responseApi({ ...deps, submitResponse, limiter }), submitResponse }
}
