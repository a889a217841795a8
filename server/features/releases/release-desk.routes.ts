import type { Request, Response, Router } from 'express'
import { z } from 'zod'
import type { Localized } from '../../domain/survey/vocabulary.js'
import { parseRequest } from '../../platform/http/parse-request.js'
import { createRoutes, type GuardOf } from '../../platform/http/routes.js'
import { problem } from '../../platform/problem.js'
import type { Account } from '../accounts/index.js'
import type { RecordEvent } from '../audit/index.js'
import type { Decision, DecisionOutcome, Decisions } from './decide-release.js'
import type { DraftOutcome, DraftRequest } from './draft-release.js'
import { moreTables } from './paper.view.js'
import { isWritten } from './read-release.js'
import {
  besidesOf,
  contextOf,
  type ReleasePageNeeds,
  releaseParams,
  releaseQuery,
  sendFile,
  unitReport,
} from './release.routes.js'
import { toReleaseView } from './release.view.js'
import {
  type DecisionFault,
  type DraftFault,
  type TypedDraft,
  toDecisionView,
  toDeskView,
} from './release-desk.view.js'

const typedText = z.string().trim().max(2000).default('')
const draftRequest = {
  body: z.object({ wave: z.string().max(60).default(''), reason_vi: typedText, reason_en: typedText }),
}
const decisionRequest = { params: releaseParams, body: z.object({ note: typedText }) }
const NOTHING_TYPED: TypedDraft = { wave: '', reason: { vi: '', en: '' } }

/** What the desk needs besides the public pages. */
export interface DeskNeeds extends ReleasePageNeeds {
  readonly guardOf: GuardOf
  readonly currentAccount: (req: Request) => Account
  readonly csrfTokenOf: (req: Request) => string
  readonly recordEvent: RecordEvent
  readonly draft: (request: DraftRequest) => Promise<DraftOutcome>
  readonly decisions: Decisions
  readonly hasSigningKey: boolean
  readonly now: () => Date
}

/** `/release-desk`: releases from draft to publication, by two persons. */
export function releaseDeskRoutes(deps: DeskNeeds): Router {
  const { router, get, post } = createRoutes(deps.guardOf)
  const { releases, reader, texts } = deps

  const showDesk = async (req: Request, res: Response, typed = NOTHING_TYPED, fault: DraftFault | null = null) => {
    const page = {
      all: await releases.all(),
      waves: await deps.waves.list(),
      now: deps.now(),
      role: deps.currentAccount(req).role,
      csrfToken: deps.csrfTokenOf(req),
      langQuery: String(res.locals.langQuery),
      typed,
      fault,
    }
    res.status(fault === null ? 200 : 422).render('releases/desk', toDeskView(page, contextOf(texts, res)))
  }

  const showRelease = async (req: Request, res: Response, note = '', fault: DecisionFault | null = null) => {
    const { params, query } = parseRequest(req, { params: releaseParams, query: releaseQuery })
    const release = await releases.byId(params.release)
    if (release === undefined) throw problem.notFound('release')
    // Files of a release that was given up are gone.
    const hasFiles = isWritten(release) && release.state !== 'rejected'
    const reports = hasFiles ? await reader.reportsOf(release) : []
    const context = contextOf(texts, res)
    const { login, role } = deps.currentAccount(req)
    const langQuery = String(res.locals.langQuery)
    const csrfToken = deps.csrfTokenOf(req)
    const { hasSigningKey } = deps
    const page = { release, reports, login, role, csrfToken, langQuery, note, fault, hasSigningKey }
    const decision = toDecisionView(page, context)
    const report = reports.length === 0 ? undefined : unitReport(reports, query.rule ?? 'mean_of_children')
    const path = `/release-desk/${release.id}`
    const order = query.order ?? 'name'
    const shown =
      report === undefined || !isWritten(release)
        ? { pageTitle: release.id, extraStyle: 'release.css', scripts: [] }
        : toReleaseView(
            {
              release,
              report,
              tables: moreTables({ reports, report, ...(await besidesOf(reader, release, context)) }, context),
              published: [],
              order,
              langQuery,
              path,
            },
            context,
          )
    res.status(fault === null ? 200 : 422).render('releases/desk-release', { ...shown, decision, hasFigures: hasFiles })
  }

  const decide = (take: (decision: Decision) => Promise<DecisionOutcome>) => async (req: Request, res: Response) => {
    const { params, body } = parseRequest(req, decisionRequest)
    const { login } = deps.currentAccount(req)
    const { kind } = await take({ id: params.release, login, note: body.note })
    if (kind === 'unknown') throw problem.notFound('release')
    if (kind !== 'done') return showRelease(req, res, body.note, kind)
    res.redirect(303, `/release-desk/${params.release}${res.locals.langQuery}`)
  }

  get('/release-desk', 'see_drafts', (req, res) => showDesk(req, res))

  post('/release-desk', 'draft_release', async (req, res) => {
    const { body } = parseRequest(req, draftRequest)
    const reason: Localized = { vi: body.reason_vi, en: body.reason_en }
    const outcome = await deps.draft({ waveId: body.wave, reason, login: deps.currentAccount(req).login })
    if (outcome.kind !== 'begun') return showDesk(req, res, { wave: body.wave, reason }, outcome.kind)
    res.redirect(303, `/release-desk/${outcome.id}${res.locals.langQuery}`)
  })

  get('/release-desk/:release', 'see_drafts', (req, res) => showRelease(req, res))
  post('/release-desk/:release/approve', 'review_release', decide(deps.decisions.approve))
  post('/release-desk/:release/reject', 'review_release', decide(deps.decisions.reject))
  post('/release-desk/:release/publish', 'publish_release', decide(deps.decisions.publish))

  get('/release-desk/:release/audit-bundle.zip', 'export_microdata', async (req, res) => {
    const release = await releases.byId(parseRequest(req, { params: releaseParams }).params.release)
    if (release === undefined || !isWritten(release) || release.state === 'rejected') throw problem.notFound('release')
    const actor = { type: 'account', name: deps.currentAccount(req).login } as const
    await deps.recordEvent({ kind: 'microdata_exported', actor, subject: release.id, details: { format: 'bundle' } })
    await sendFile(req, res, `${release.id}-audit.zip`, 'application/zip', reader.bundleOf(release, 'restricted'))
  })

  return router
}
