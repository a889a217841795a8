import { createHash } from 'node:crypto'
import type { Request, Response, Router } from 'express'
import { z } from 'zod'
import type { AuditKind } from '../../domain/audit/audit-event.js'
import { viewLanguage } from '../../platform/http/language.js'
import { parseRequest } from '../../platform/http/parse-request.js'
import { createRoutes, type GuardOf } from '../../platform/http/routes.js'
import type { JobState } from '../../platform/mongo/leases.js'
import type { Texts } from '../../platform/text.js'
import type { Account } from '../accounts/index.js'
import type { RecordEvent } from '../audit/index.js'
import { type ReportContext, reportFormats } from '../index-reports/index.js'
import {
  type CreateWaveOutcome,
  type createWaves,
  describeWaveProblem,
  readWaveText,
  type WaveCheck,
  type WaveFile,
} from '../waves/index.js'
import { NO_ANSWER, toAdministrationView, type WaveAnswer } from './administration.view.js'

const waveRequest = {
  body: z.object({
    // Browsers end the lines of a form in their own way.
    text: z
      .string()
      .max(40_000)
      .default('')
      .transform((text) => text.replaceAll('\r\n', '\n')),
    /** The text that was checked; without it nothing is written. */
    checked: z
      .string()
      .regex(/^([0-9a-f]{64})?$/)
      .default(''),
  }),
}

const digestOf = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex')

/** What the pages need. */
export interface AdministrationNeeds {
  readonly waves: Pick<ReturnType<typeof createWaves>, 'list' | 'check' | 'create'>
  readonly jobs: { list(): Promise<readonly JobState[]> }
  readonly recordEvent: RecordEvent
  readonly guardOf: GuardOf
  readonly currentAccount: (req: Request) => Account
  readonly csrfTokenOf: (req: Request) => string
  readonly texts: Texts
  readonly now: () => Date
}

/** `/admin`: rounds of collection, opened in two steps by the rules of wave files, and the jobs of the machine. */
export function administrationRoutes(deps: AdministrationNeeds): Router {
  const { router, get, post } = createRoutes(deps.guardOf)

  const show = async (req: Request, res: Response, typed = '', answer: WaveAnswer = NO_ANSWER) => {
    const language = viewLanguage(res)
    const context: ReportContext = { language, t: deps.texts.translator(language), formats: reportFormats(language) }
    const page = {
      waves: await deps.waves.list(),
      jobs: await deps.jobs.list(),
      now: deps.now(),
      typed,
      answer,
      csrfToken: deps.csrfTokenOf(req),
      langQuery: String(res.locals.langQuery),
    }
    res.status(answer.faults.length > 0 ? 422 : 200)
    res.render('administration/show', toAdministrationView(page, context))
  }

  get('/admin', 'manage_waves', (req, res) => show(req, res))

  post('/admin/waves', 'manage_waves', async (req, res) => {
    const { text, checked } = parseRequest(req, waveRequest).body
    const { value, problems } = readWaveText(text)
    if (value === undefined) return show(req, res, text, { faults: problems, plan: null })
    const check = await deps.waves.check(value)
    const digest = digestOf(text)
    if (check.kind !== 'would_create' && check.kind !== 'would_record_sampling')
      return show(req, res, text, { faults: faultsOf(check), plan: null })
    // What is done is what was looked at.
    if (checked !== digest) return show(req, res, text, { faults: [], plan: { ...check, digest } })
    const outcome = await create(req, value, check.kind)
    const faults = faultsOf(outcome)
    if (faults.length > 0) return show(req, res, text, { faults, plan: null })
    res.redirect(303, `/admin${res.locals.langQuery}`)
  })

  /** Written down before it is done. */
  async function create(req: Request, file: WaveFile, planned: 'would_create' | 'would_record_sampling') {
    const kind: AuditKind = planned === 'would_create' ? 'wave_created' : 'wave_changed'
    const actor = { type: 'account', name: deps.currentAccount(req).login } as const
    await deps.recordEvent({ kind, actor, subject: file.id, details: {} })
    return deps.waves.create(file)
  }

  return router
}

/** Why a wave is not made, as the command says it. */
function faultsOf(outcome: CreateWaveOutcome | WaveCheck): WaveAnswer['faults'] {
  const line = 0
  switch (outcome.kind) {
    case 'invalid':
      return outcome.problems.map((found) => ({ line, message: describeWaveProblem(found) }))
    case 'conflict':
      return outcome.with.map(({ id }) => ({ line, message: `competes with ${id}: same units, services and days` }))
    case 'id_taken':
      return [{ line, message: `another wave has the id ${outcome.wave.id}` }]
    case 'unchanged':
      return [{ line, message: `${outcome.wave.id} exists already, just so` }]
    default:
      return []
  }
}
