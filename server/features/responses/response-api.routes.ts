import type { RequestHandler } from 'express'
import { z } from 'zod'
import { DISPOSITIONS, LANGUAGES } from '../../domain/survey/vocabulary.js'
import type { Wave } from '../../domain/survey/wave.js'
import { type ApiModule, createApi } from '../../platform/http/api.js'
import type { GuardOf } from '../../platform/http/routes.js'
import { problem } from '../../platform/problem.js'
import { RECEIPT_PATTERN } from './receipt.js'
import type { SubmitOutcome, SubmitResponse } from './submission.js'

const MAX_ANSWERS = 400
const answer = z.union([z.int(), z.array(z.int()).max(100), z.string().max(8000)])

const submission = z.strictObject({
  submissionId: z.uuid().describe('Made by the sender before the first answer; sending again with the same id is safe'),
  wave: z.string().regex(/^[a-z0-9-]{3,60}$/),
  unit: z.string().regex(/^[a-z0-9.-]{1,80}$/),
  service: z.string().regex(/^[A-Z]{2,8}$/),
  language: z.enum(LANGUAGES).describe('Language the questions were read in'),
  transactionOn: z
    .string()
    .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
    .describe('Month of the transaction, YYYY-MM, within the last 12 months'),
  startedAt: z.iso.datetime({ offset: true }),
  consent: z
    .strictObject({ given: z.literal(true), version: z.string().max(40) })
    .describe('Without consent there is nothing to send; the version is that of the text shown'),
  answers: z
    .record(z.string().max(64), answer)
    .refine((answers) => Object.keys(answers).length <= MAX_ANSWERS)
    .describe('By item code: a code, a list of codes, a text or a unit uid; items not asked are left out'),
})

const receipt = z.object({
  receipt: z.string().regex(RECEIPT_PATTERN),
  disposition: z.enum(DISPOSITIONS),
  isDuplicate: z.boolean().describe('The id was used before; nothing new was stored'),
  hasSameContent: z.boolean().describe('false: the id came with other content before, which is what is stored'),
})

const operation = {
  method: 'post',
  path: '/responses',
  summary: 'Hand in one respondent’s answers',
  tag: 'responses',
  access: 'public',
  body: submission,
  responses: {
    200: { description: 'Received before: the first receipt', schema: receipt },
    201: { description: 'Stored', schema: receipt },
    401: { description: 'The wave is collected by staff (kiosk, phone, face to face): send a bearer token' },
    404: { description: 'No such wave, unit or service, or the wave does not ask about them' },
    409: { description: 'The wave no longer takes answers' },
    413: { description: 'More than 64 KB' },
    422: { description: 'Answers that do not fit the questionnaire, each named; or a unit that did not exist then' },
    429: { description: 'Too many requests from this address; Retry-After says how long to wait' },
  },
} as const

/** What the intake API needs. */
export interface ResponseApiNeeds {
  readonly submitResponse: SubmitResponse
  readonly limiter: RequestHandler
  readonly waves: { byId(id: string): Promise<Wave | undefined> }
  readonly guardOf: GuardOf
}

/**
 * Everybody may answer on the web. In the other modes staff collect: whoever could post there unnamed could pass answers of
 * his own off as an independent interview, and modes are never pooled for exactly that reason.
 */
function guardStaffModes({ waves, guardOf }: ResponseApiNeeds): RequestHandler {
  const guard = guardOf('collect_answers')
  return async (req, res, next) => {
    const id = (req.body as { readonly wave?: unknown } | undefined)?.wave
    const wave = typeof id === 'string' ? await waves.byId(id) : undefined
    if (wave === undefined || wave.mode === 'web') return next()
    return guard(req, res, next)
  }
}

/** `POST /responses`; the wave says in which mode the answers were collected. */
export function responseApi(deps: ResponseApiNeeds): ApiModule {
  const api = createApi(deps.guardOf)
  api.route(operation, [deps.limiter, guardStaffModes(deps)], async ({ body, res }) => {
    const outcome = await deps.submitResponse({
      submissionId: body.submissionId.toLowerCase(),
      waveId: body.wave,
      unitUid: body.unit,
      service: body.service,
      language: body.language,
      channel: 'api',
      month: body.transactionOn,
      startedAt: new Date(body.startedAt),
      consentVersion: body.consent.version,
      rawAnswers: body.answers,
      whenHidden: 'refuse',
    })
    const { kind, receipt: code, disposition } = stored(outcome)
    const isDuplicate = kind !== 'stored'
    res
      .status(isDuplicate ? 200 : 201)
      .json({ receipt: code, disposition, isDuplicate, hasSameContent: kind !== 'duplicate' })
  })
  return api
}

type Received = Extract<SubmitOutcome, { kind: 'stored' | 'repeated' | 'duplicate' }>

/** @throws {Problem} for every outcome in which nothing of this case is stored */
function stored(outcome: SubmitOutcome): Received {
  switch (outcome.kind) {
    case 'stored':
    case 'repeated':
    case 'duplicate':
      return outcome
    case 'invalid':
      throw problem.answersNotValid([
        ...outcome.envelope,
        ...outcome.errors.map(({ item, code, params }) => ({ field: `answers.${item}`, code, params })),
      ])
    case 'stopped':
      throw problem.answersNotValid([{ field: `answers.${outcome.item}`, code: outcome.reason }])
    case 'closed':
      throw problem.waveClosed({ closedOn: outcome.closedOn })
    case 'unknown':
      throw problem.notFound(outcome.what)
    case 'out_of_scope':
      throw problem.noWave()
    case 'unit_not_valid':
      throw problem.unitNotValid({
        reason: outcome.reason,
        changedOn: outcome.changedOn,
        others: outcome.others.map(({ uid }) => uid),
      })
  }
}
