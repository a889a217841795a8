import type { Request, Response, Router } from 'express'
import { z } from 'zod'
import type { Scope } from '../../domain/access/scope.js'
import { addDays, isIsoDay } from '../../domain/survey/day.js'
import { CHANNELS } from '../../domain/survey/vocabulary.js'
import type { UnitRegistry } from '../../domain/units/unit.js'
import { type ResponseVoid, VOID_REASONS } from '../../domain/voids/void.js'
import { viewLanguage } from '../../platform/http/language.js'
import { parseRequest } from '../../platform/http/parse-request.js'
import { createRoutes, type GuardOf } from '../../platform/http/routes.js'
import { problem } from '../../platform/problem.js'
import type { Texts } from '../../platform/text.js'
import type { Account } from '../accounts/index.js'
import { type ReportContext, reportFormats, waveParams } from '../index-reports/index.js'
import { toAsReceivedView } from './as-received.view.js'
import type { VoidVote, VoteOutcome, Votes } from './decide-void.js'
import type { EffectOfVoid } from './effect-of-void.js'
import type { GetAsReceived } from './get-as-received.js'
import type { makeProposeVoid, Proposal } from './propose-void.js'
import type { VoidRepository } from './void.repository.js'
import {
  type ProposeFault,
  type TypedVoid,
  toVoidListView,
  toVoidView,
  type VoidNames,
  type VoteFault,
} from './voids.view.js'

const typed = (most: number) => z.string().trim().max(most).default('')
const proposeRequest = {
  body: z.object({
    wave: typed(60),
    unit: typed(80),
    service: typed(60),
    channel: typed(20),
    from: typed(10),
    to: typed(10),
    reason: typed(40),
    explanation: typed(2000),
    count: z
      .string()
      .regex(/^\d{0,6}$/)
      .default(''),
  }),
}
const voidParams = z.object({ void: z.uuid() })
const voteRequest = { params: voidParams, body: z.object({ note: typed(2000) }) }
const NOTHING_TYPED: TypedVoid = {
  wave: '',
  unit: '',
  service: '',
  channel: '',
  from: '',
  to: '',
  reason: '',
  explanation: '',
}

/** What the pages need. */
export interface VoidPageNeeds {
  readonly voids: VoidRepository
  readonly propose: ReturnType<typeof makeProposeVoid>
  readonly votes: Votes
  readonly effectOf: EffectOfVoid
  readonly getAsReceived: GetAsReceived
  readonly waves: { list(): Promise<VoidNames['waves']> }
  readonly registry: VoidNames['registry'] & Pick<UnitRegistry, 'cityUid'>
  readonly guardOf: GuardOf
  readonly currentAccount: (req: Request) => Account
  readonly csrfTokenOf: (req: Request) => string
  readonly scopeOf: (req: Request) => Scope
  readonly texts: Texts
  readonly now: () => Date
}

/** `/voids`: responses that two persons take out of the figures, or put back. */
export function voidRoutes(deps: VoidPageNeeds): Router {
  const { router, get, post } = createRoutes(deps.guardOf)
  const contextOf = (res: Response): ReportContext => {
    const language = viewLanguage(res)
    return { language, t: deps.texts.translator(language), formats: reportFormats(language) }
  }
  const sharedOf = async (req: Request, res: Response) => ({
    waves: await deps.waves.list(),
    registry: deps.registry,
    now: deps.now(),
    role: deps.currentAccount(req).role,
    csrfToken: deps.csrfTokenOf(req),
    langQuery: String(res.locals.langQuery),
  })

  interface Shown {
    readonly typed?: TypedVoid
    readonly fault?: ProposeFault
    readonly found?: number
  }
  const showList = async (req: Request, res: Response, shown: Shown = {}) => {
    const { typed: form = NOTHING_TYPED, fault = null, found = null } = shown
    const page = { ...(await sharedOf(req, res)), voids: await deps.voids.list(), typed: form, fault, found }
    res.status(fault === null ? 200 : 422).render('voids/list', toVoidListView(page, contextOf(res)))
  }
  const effectsOf = async (one: ResponseVoid, all: readonly ResponseVoid[]) => {
    const { waveId, unitUid } = one.rule
    const isEarlier = ({ id, rule, proposedAt }: ResponseVoid) =>
      id !== one.id && rule.waveId === waveId && rule.unitUid === unitUid && proposedAt <= one.proposedAt
    const earlier = all.filter(isEarlier)
    const meant = await Promise.all([one, ...earlier].map(({ id }) => deps.voids.responsesOf(id)))
    return deps.effectOf(one, meant[0]!, meant.slice(1))
  }
  const showOne = async (req: Request, res: Response, note = '', fault: VoteFault | null = null) => {
    const all = await deps.voids.list()
    const one = all.find(({ id }) => id === parseRequest(req, { params: voidParams }).params.void)
    if (one === undefined) throw problem.notFound('void')
    const { login } = deps.currentAccount(req)
    const effects = one.state === 'rejected' ? null : await effectsOf(one, all)
    const page = { ...(await sharedOf(req, res)), one, all, login, note, fault, effects }
    res.status(fault === null ? 200 : 422).render('voids/show', toVoidView(page, contextOf(res)))
  }

  get('/voids', 'see_voids', (req, res) => showList(req, res))

  post('/voids', 'void_responses', async (req, res) => {
    const { count, ...form } = parseRequest(req, proposeRequest).body
    const proposal = proposalOf(form, deps.currentAccount(req).login, count === '' ? null : Number(count))
    if (proposal === null) return showList(req, res, { typed: form, fault: 'rule_missing' })
    const outcome = await deps.propose(deps.scopeOf(req), proposal)
    switch (outcome.kind) {
      case 'proposed':
        return res.redirect(303, `/voids/${outcome.id}${res.locals.langQuery}`)
      case 'found':
        return showList(req, res, { typed: form, found: outcome.count })
      case 'changed_meanwhile':
        return showList(req, res, { typed: form, found: outcome.count, fault: outcome.kind })
      default:
        return showList(req, res, { typed: form, fault: outcome.kind })
    }
  })

  get('/reports/:id/as-received', 'see_received', async (req, res) => {
    const { params } = parseRequest(req, { params: waveParams })
    const found = await deps.getAsReceived(params.id)
    res.render(
      'voids/as-received',
      toAsReceivedView(found, deps.registry, String(res.locals.langQuery), contextOf(res)),
    )
  })

  get('/voids/:void', 'see_voids', (req, res) => showOne(req, res))

  const vote = (take: (vote: VoidVote) => Promise<VoteOutcome>) => async (req: Request, res: Response) => {
    const { params, body } = parseRequest(req, voteRequest)
    const outcome = await take({ id: params.void, login: deps.currentAccount(req).login, note: body.note })
    if (outcome.kind === 'unknown') throw problem.notFound('void')
    if (outcome.kind !== 'done') return showOne(req, res, body.note, outcome.kind)
    res.redirect(303, `/voids/${outcome.id}${res.locals.langQuery}`)
  }
  post('/voids/:void/approve', 'void_responses', vote(deps.votes.approve))
  post('/voids/:void/reject', 'void_responses', vote(deps.votes.reject))
  post('/voids/:void/lift', 'void_responses', vote(deps.votes.lift))

  return router
}

/** What the form asks for; `null` where something is missing or none of those to choose from. */
function proposalOf(form: TypedVoid, login: string, expectedCount: number | null): Proposal | null {
  const reason = VOID_REASONS.find((one) => one === form.reason)
  const channel = CHANNELS.find((one) => one === form.channel)
  const isChannel = form.channel === '' || channel !== undefined
  const hasDays = isIsoDay(form.from) && isIsoDay(form.to)
  if (form.wave === '' || form.unit === '' || reason === undefined || !isChannel || !hasDays) return null
  return {
    rule: {
      waveId: form.wave,
      unitUid: form.unit,
      service: form.service || null,
      channel: channel ?? null,
      from: form.from,
      // People name the last day.
      to: addDays(form.to, 1),
    },
    reason,
    explanation: form.explanation,
    login,
    expectedCount,
  }
}
